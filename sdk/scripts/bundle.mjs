// Bundles the SDK with what it depends on into dist/browser, for pages without a bundler or an import map.
import { rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const outdir = fileURLToPath(new URL('../dist/browser', import.meta.url));

rmSync(outdir, { recursive: true, force: true });
await build({
  entryPoints: [fileURLToPath(new URL('../src/index.ts', import.meta.url))],
  outdir,
  bundle: true,
  // Subscriptions stay a file of their own, which is loaded when there is one.
  splitting: true,
  minify: true,
  sourcemap: true,
  format: 'esm',
  target: 'es2023',
  chunkNames: '[name]-[hash]',
});
