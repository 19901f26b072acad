// Uses packages as a project does that installed them: every entry imported and typed, the service started.
import { execFile, spawn } from 'node:child_process';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { promisify } from 'node:util';

const tsc = createRequire(import.meta.url)
  .resolve('typescript/package.json')
  .replace(/package\.json$/, 'bin/tsc');
const RESOLUTIONS = {
  nodenext: { module: 'nodenext' },
  bundler: { module: 'esnext', moduleResolution: 'bundler' },
};
const START_MS = 30_000;

/** The name of everything that a package offers: what its patterns stand for is in its folder. */
export async function entriesOf(home) {
  const { name, exports } = JSON.parse(await readFile(join(home, 'package.json'), 'utf8'));
  const files = await readdir(home, { recursive: true });
  return Object.entries(exports).flatMap(([entry, target]) => {
    const [before, after] = (target.default ?? target).replace('./', '').split('*');
    if (after === undefined) return [name + entry.slice(1)];
    return files
      .filter((file) => file.startsWith(before) && file.endsWith(after))
      .map(
        (file) => name + entry.slice(1).replace('*', file.slice(before.length, file.length - after.length)),
      );
  });
}

/** What cannot be imported by Node, and what has no types, in the words of either. */
export async function entryComplaints(project, entries) {
  await writeFile(join(project, 'package.json'), JSON.stringify({ private: true, type: 'module' }));
  const modules = entries.filter((entry) => !entry.endsWith('.json'));
  const data = entries.filter((entry) => entry.endsWith('.json'));
  await writeFile(
    join(project, 'entries.mjs'),
    [
      ...modules.map((entry) => `import '${entry}';`),
      ...data.map((entry) => `import '${entry}' with { type: 'json' };`),
    ].join('\n'),
  );
  await writeFile(
    join(project, 'entries.ts'),
    modules.map((entry, index) => `export * as entry${index} from '${entry}';`).join('\n'),
  );
  const complaints = [await failureOf(project, ['--no-warnings', 'entries.mjs'])];
  for (const [name, resolution] of Object.entries(RESOLUTIONS)) {
    const compilerOptions = {
      strict: true,
      target: 'es2023',
      lib: ['es2023', 'dom', 'dom.iterable'],
      types: [],
      noEmit: true,
      skipLibCheck: false,
      ...resolution,
    };
    await writeFile(
      join(project, `tsconfig.${name}.json`),
      JSON.stringify({ compilerOptions, files: ['entries.ts'] }),
    );
    complaints.push(await failureOf(project, [tsc, '--project', `tsconfig.${name}.json`]));
  }
  return complaints.filter((complaint) => complaint !== '');
}

/** What a program says when it fails, or nothing. */
async function failureOf(cwd, args) {
  try {
    await promisify(execFile)(process.execPath, args, { cwd });
    return '';
  } catch ({ stdout, stderr, message }) {
    return `${stdout}${stderr}` || message;
  }
}

async function outcomeOf(cwd, args) {
  try {
    return (await promisify(execFile)(process.execPath, args, { cwd })).stdout;
  } catch ({ stderr, message }) {
    return stderr || message;
  }
}

/** Why the service of a package does not start in an empty folder, or does not count. */
export async function serviceComplaints(project, home, version) {
  const { bin } = JSON.parse(await readFile(join(home, 'package.json'), 'utf8'));
  const program = join(home, bin.oxicount);
  const told = await outcomeOf(project, [program, '--version']);
  if (told.trim() !== version) return [`oxicount --version says ${told.trim()}, and it is ${version}.`];
  const env = { PATH: process.env.PATH, OXICOUNT_SOCKET_ADDRESS: '127.0.0.1:0' };
  const child = spawn(process.execPath, [program, 'serve'], {
    cwd: project,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: START_MS,
  });
  const ended = new Promise((resolve) => child.on('close', resolve));
  try {
    const url = await addressOf(child);
    const pages = ['/readyz', '/', '/count.js', '/widgets.js', '/definitions', '/demo/'];
    const statuses = await Promise.all(pages.map(async (page) => [page, (await fetch(url + page)).status]));
    return statuses
      .filter(([, status]) => status !== 200)
      .map(([page, status]) => `${page} is answered with ${status}.`);
  } catch (error) {
    return [`The service does not start from its package: ${error.message}`];
  } finally {
    child.kill('SIGTERM');
    await ended;
  }
}

function addressOf(child) {
  let output = '';
  return new Promise((resolve, reject) => {
    const take = (chunk) => {
      output += chunk;
      const [, url] = /Dashboard\s+(http:\S+)\//.exec(output) ?? [];
      if (url) resolve(url);
    };
    child.stdout.setEncoding('utf8').on('data', take);
    child.stderr.setEncoding('utf8').on('data', take);
    child.on('close', () => reject(new Error(output)));
  });
}
