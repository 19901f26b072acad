// Bundles what browsers load into server/dist/public: the tracker, the widgets and the demo pages.
import { cpSync, existsSync, readdirSync, writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('../../', import.meta.url));
const outdir = `${root}server/dist/public`;
const widgets = `${root}web-components/src`;
const demo = `${root}server/demo`;

await mkdir(outdir, { recursive: true });
await Promise.all([bundleTracker(), bundleWidgets()]);
if (existsSync(demo)) cpSync(demo, `${outdir}/demo`, { recursive: true });

/** A classic script that also works as a module, so it must not touch the global scope. */
async function bundleTracker() {
  const { outputFiles } = await build({
    entryPoints: [`${root}sdk/src/count-script.ts`],
    bundle: true,
    minify: true,
    format: 'iife',
    target: 'es2020',
    // Leaves out "use strict": the budget counts every byte, and the types have told of what it would catch.
    tsconfigRaw: {},
    write: false,
  });
  writeFileSync(`${outdir}/count.js`, outputFiles[0].text.trim());
}

/** One module an element, and one with all of them; what they share goes into chunks of its own. */
async function bundleWidgets() {
  if (!existsSync(`${widgets}/widgets.ts`)) return;
  const elements = readdirSync(widgets).filter((name) => /^oxi-[\w-]+\.ts$/.test(name));
  await build({
    entryPoints: ['widgets.ts', ...elements].map((name) => `${widgets}/${name}`),
    bundle: true,
    minify: true,
    splitting: true,
    format: 'esm',
    target: 'es2022',
    legalComments: 'none',
    outdir,
  });
}
