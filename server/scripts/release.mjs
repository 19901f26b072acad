// npm run release: checks what would be released, packs it into release/, and prints the commands that publish it.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { entriesOf, entryComplaints, serviceComplaints } from './release-entries.mjs';
import { PACKAGES, packageComplaints, packPackage, unpackPackage } from './release-packages.mjs';
import { schemaComplaints, versionComplaints } from './release-versions.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));
const read = (name) => readFileSync(join(root, name), 'utf8');
const git = (...args) =>
  execFileSync('git', args, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
const names = Object.keys(PACKAGES);
const { version } = JSON.parse(read('server/package.json'));

const complaints = [
  ...(git('status', '--porcelain') === '' ? [] : ['The tree has changes that are not committed.']),
  ...versionComplaints(
    names.map((name) => [
      name,
      { manifest: JSON.parse(read(`${name}/package.json`)), changelog: read(`${name}/CHANGELOG.md`) },
    ]),
    new Date().toISOString().slice(0, 10),
  ),
  ...schemaComplaints(releaseBefore(), { version, schema: read('schema.graphql') }),
];

const folder = join(root, 'release');
const project = mkdtempSync(join(tmpdir(), 'oxicount-release-'));
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder);
const sums = [];
try {
  const entries = [];
  for (const name of names) {
    const packed = await packPackage(name, folder);
    const archive = join(folder, packed.filename);
    sums.push([packed.filename, createHash('sha256').update(readFileSync(archive)).digest('hex')]);
    const home = await unpackPackage(archive, name, project);
    complaints.push(...(await packageComplaints(name, packed, home)));
    if (name === 'server') complaints.push(...(await serviceComplaints(project, home, version)));
    else entries.push(...(await entriesOf(home)));
    console.log(`${packed.filename}: ${packed.files.length} files, ${packed.size} bytes`);
  }
  complaints.push(...(await entryComplaints(project, entries)));
} finally {
  rmSync(project, { recursive: true, force: true });
}

if (complaints.length > 0) {
  rmSync(folder, { recursive: true });
  console.error(
    `\nThis cannot be released:\n${complaints.map((complaint) => `  - ${complaint}`).join('\n')}`,
  );
  process.exitCode = 1;
} else {
  writeFileSync(join(folder, 'SHA256SUMS'), sums.map(([name, sum]) => `${sum}  ${name}\n`).join(''));
  console.log(`\nNothing was published. These commands do:\n
  git tag --annotate v${version} --message ${version} && git push origin v${version}
${sums.map(([name]) => `  npm publish release/${name} --access public`).join('\n')}`);
}

/** What the last tag before this version has, or null. */
function releaseBefore() {
  const [tag] = git('tag', '--list', 'v*', '--sort=-version:refname', '--merged')
    .split('\n')
    .filter((one) => one !== '' && one !== `v${version}`);
  return tag === undefined ? null : { version: tag.slice(1), schema: git('show', `${tag}:schema.graphql`) };
}
