// Packs the three packages, unpacks them into a project, and says what is wrong with what they hold.
import { execFile } from 'node:child_process';
import { mkdir, readFile, symlink } from 'node:fs/promises';
import { dirname, isAbsolute, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';

const execute = promisify(execFile);
const root = fileURLToPath(new URL('../../', import.meta.url));
const OF_EACH = ['CHANGELOG.md', 'LICENSE', 'README.md', 'package.json'];
const BUILT = /^dist\/(?!.*\.(test|testing)\.).+\.(js|js\.map|d\.ts)$/;

/** By folder, in the order in which they depend on each other: what may be in each, and how many bytes it may pack to. */
export const PACKAGES = {
  sdk: { allowed: BUILT, bytes: 230_000 },
  'web-components': { allowed: new RegExp(`${BUILT.source}|^custom-elements\\.json$`), bytes: 420_000 },
  server: {
    allowed:
      /^dist\/((oxicount(-\w+)?|sqlite-process)\.js|oxicount\.js\.LEGAL\.txt|public\/.+\.(js|css|html|svg|png|json|ico))$|^docs\/[a-z]+\.md$|^deploy\//,
    bytes: 4_500_000,
  },
};

/** Packs a package into a folder as it was built. */
export async function packPackage(name, folder) {
  const args = ['pack', '--ignore-scripts', '--json', '--pack-destination', folder];
  // The npm that runs this where there is one: it need not be on the path.
  const cli = process.env.npm_execpath;
  const cwd = join(root, name);
  const { stdout } = await (cli
    ? execute(process.execPath, [cli, ...args], { cwd })
    : execute('npm', args, { cwd }));
  const [{ filename, files, size }] = JSON.parse(stdout);
  return { filename, size, files: files.map(({ path }) => path) };
}

/**
 * Unpacks a package into the modules of a project, beside links to what it says it depends on, and to nothing else: that
 * needs no network, and what is not declared is not found.
 * @returns its folder
 */
export async function unpackPackage(archive, name, project) {
  const own = JSON.parse(await readFile(join(root, name, 'package.json'), 'utf8'));
  const home = join(project, 'node_modules', own.name);
  await mkdir(home, { recursive: true });
  await execute('tar', ['-xzf', archive, '-C', home, '--strip-components=1']);
  const { dependencies, peerDependencies } = JSON.parse(await readFile(join(home, 'package.json'), 'utf8'));
  for (const dependency of Object.keys({ ...dependencies, ...peerDependencies })) {
    if (dependency.startsWith('@oxicount/')) continue;
    const link = join(project, 'node_modules', dependency);
    await mkdir(dirname(link), { recursive: true });
    await symlink(join(root, 'node_modules', dependency), link).catch((error) => {
      if (error.code !== 'EEXIST') throw error;
    });
  }
  return home;
}

/** What must not be published so, in sentences. */
export async function packageComplaints(name, { files, size }, home) {
  const { allowed, bytes } = PACKAGES[name];
  const complaints = OF_EACH.filter((file) => !files.includes(file)).map((file) => `${file} is missing.`);
  for (const file of files) {
    if (!OF_EACH.includes(file) && !allowed.test(file))
      complaints.push(`${file} is not meant to be published.`);
    if (file.endsWith('.map'))
      complaints.push(...mapComplaints(file, JSON.parse(await readFile(join(home, file), 'utf8'))));
  }
  if (size > bytes) complaints.push(`It packs to ${size} bytes; ${bytes} are meant.`);
  const { messages, pkg } = await publint({ pkgDir: home, pack: false, strict: true });
  complaints.push(
    ...messages.map((message) => formatMessage(message, pkg, { color: false }) ?? message.code),
  );
  return complaints.map((complaint) => `${name}: ${complaint}`);
}

/** Sources are not in the packages, so that a map has to hold them. */
function mapComplaints(file, { sources, sourcesContent }) {
  const away = sources.filter((source) => isAbsolute(source) || source.startsWith('file:'));
  return [
    ...(away.length > 0 ? [`${file} names ${away[0]}, a path of this machine.`] : []),
    ...(sourcesContent?.length === sources.length ? [] : [`${file} does not hold its sources.`]),
  ];
}
