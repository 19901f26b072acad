// Prints what the bundles weigh on the wire, as JSON with `--json`, and fails when one is heavier than it may be.
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { build } from 'esbuild';

const sdk = fileURLToPath(new URL('../../sdk/dist/', import.meta.url));
const served = new URL('../dist/public/', import.meta.url);
const asServed = (name) => () => readFileSync(new URL(name, served));

/** What elements may weigh, with all that they need; a module that is not named here has room for a list. */
const MODULES = {
  'oxi-count.js': 9_216,
  'widgets.js': 36_864,
  'oxi-history.js': 26_624,
  'oxi-administration.js': 24_576,
  'oxi-dashboard.js': 53_248,
  'oxi-socket.js': 7_168,
};
const ANY_MODULE = 18_432;

/** Bytes, gzip -9. What is bundled here has all of its dependencies within. */
const BUDGETS = {
  'count.js': { bytes: 900, bundle: asServed('count.js') },
  ...Object.fromEntries(
    readdirSync(served)
      .filter((name) => /^(widgets|oxi-[\w-]+)\.js$/.test(name))
      .map((name) => [name, { bytes: MODULES[name] ?? ANY_MODULE, bundle: asServed(name) }]),
  ),
  'SDK, slim client': { bytes: 2_000, bundle: () => bundle("export * from './slim.js'") },
  'SDK, client with count': {
    bytes: 11_264,
    bundle: () =>
      bundle(
        `import { createClientWith } from './index.js';
        import { count } from './generated/operations.js';
        export const client = createClientWith({ count }, { url: '' });`,
        // Loaded by the first subscription.
        ['./live/live.js'],
      ),
  },
  // A document for every operation, those of statistics with all figures; without these it is 17.4 KB.
  'SDK, everything': { bytes: 18_432, bundle: () => bundle("export * from './index.js'") },
};

const sizes = [];
for (const [name, { bytes: budget, bundle }] of Object.entries(BUDGETS)) {
  const code = await bundle();
  sizes.push({
    name,
    gzip: gzipSync(code, { level: 9 }).length,
    brotli: brotliCompressSync(code).length,
    budget,
  });
}
process.stdout.write(
  process.argv.includes('--json')
    ? JSON.stringify(sizes)
    : sizes.map(({ name, gzip, budget }) => `${name} ${gzip} of ${budget} bytes\n`).join(''),
);
if (sizes.some(({ gzip, budget }) => gzip > budget)) process.exitCode = 1;

async function bundle(contents, external = []) {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: sdk },
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    legalComments: 'none',
    external,
    write: false,
  });
  return outputFiles[0].contents;
}
