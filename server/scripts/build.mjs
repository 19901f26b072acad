// Builds the three packages: generated sources, types and modules, then what browsers load.
import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));

await import('./generate.mjs');
await import('../../sdk/scripts/generate.mjs');
// Modules that no longer have a source must not live on.
for (const name of ['server', 'sdk', 'web-components'])
  rmSync(`${root}${name}/dist`, { recursive: true, force: true });
const tsc = createRequire(import.meta.url)
  .resolve('typescript/package.json')
  .replace(/package\.json$/, 'bin/tsc');
execFileSync(process.execPath, [tsc, '--build'], { cwd: root, stdio: 'inherit' });
await import('./bundle.mjs');
await import('../../sdk/scripts/bundle.mjs');
await import('../../web-components/scripts/describe.mjs');
