// Bundles what browsers load into server/dist/public: the tracker, the widgets, the dashboard and the demo pages.
import { cpSync, readdirSync, writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('../../', import.meta.url));
const outdir = `${root}server/dist/public`;
const widgets = `${root}web-components/src`;

await mkdir(outdir, { recursive: true });
await Promise.all([bundleTracker(), bundleWidgets()]);
cpSync(`${root}server/demo`, `${outdir}/demo`, { recursive: true });
cpSync(`${root}server/pages`, outdir, { recursive: true });

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

/**
 * One file an element, and one with all of them. Shared chunks would make a page with one element load three files
 * after each other, and weigh more.
 */
async function bundleWidgets() {
  const elements = readdirSync(widgets).filter((name) => /^oxi-[\w-]+\.ts$/.test(name));
  await build({
    entryPoints: ['widgets.ts', ...elements].map((name) => `${widgets}/${name}`),
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    legalComments: 'none',
    outdir,
  });
}
