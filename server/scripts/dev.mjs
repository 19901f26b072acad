// npm run dev: compiles on change and restarts the service, with GraphiQL at /graphql.
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));
const tsc = createRequire(import.meta.url)
  .resolve('typescript/package.json')
  .replace(/package\.json$/, 'bin/tsc');

const children = [
  run(tsc, '--build', '--watch', '--preserveWatchOutput'),
  run('--watch', '--watch-preserve-output', `${root}server/dist/cli/oxicount.js`, 'serve', '--dev'),
];
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, () => {
    for (const child of children) child.kill(signal);
  });
}

function run(...args) {
  const child = spawn(process.execPath, args, { cwd: root, stdio: 'inherit' });
  // One without the other is of no use.
  child.on('exit', (code) => {
    for (const other of children) other.kill();
    process.exitCode ??= code ?? 0;
  });
  return child;
}
