// Bundles the program into one file, and what browsers load into server/dist/public: the tracker, the widgets, the
// dashboard, the definitions and the demo pages.
import { cpSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { renderDefinitions } from './definitions.mjs';
import { renderGallery } from './gallery.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));
const dist = `${root}server/dist`;
const outdir = `${dist}/public`;
const widgets = `${root}web-components/src`;
/** What is imported when somebody wants it is a file of its own, which several others share. */
const loadedLater = {
  name: 'loaded-later',
  setup({ onResolve }) {
    onResolve({ filter: /\.ts$/ }, ({ kind, path }) =>
      kind === 'dynamic-import' ? { path: LATER[basename(path)], external: true } : undefined,
    );
  },
};
const LATER = {
  'socket.ts': './oxi-socket.js',
  'oxi-administration.ts': './oxi-administration.js',
};

await mkdir(outdir, { recursive: true });
await Promise.all([bundleProgram(), bundleTracker(), bundleWidgets()]);
cpSync(`${root}server/demo`, `${outdir}/demo`, { recursive: true });
await renderGallery(`${outdir}/demo/gallery`);
cpSync(`${root}server/pages`, outdir, { recursive: true });
writeFileSync(`${outdir}/definitions.html`, renderDefinitions());

/**
 * The whole program as one module: Node takes longer to find and link some two thousand small ones than to run them
 * (1.5 s to listening as they are, 0.9 s bundled). What is imported when it is wanted stays in files of its own, such as
 * the half of Prisma that is for the other database; so does what runs in a process of its own. Comments are left out:
 * Node keeps the source in memory, and one dash in them would make it take two bytes a character.
 */
async function bundleProgram() {
  for (const name of readdirSync(dist)) if (/^oxicount-\w+\.js/.test(name)) rmSync(`${dist}/${name}`);
  await build({
    entryPoints: [`${root}server/cli/oxicount.ts`, `${root}server/doctor/sqlite-process.ts`],
    outdir: dist,
    entryNames: '[name]',
    chunkNames: 'oxicount-[hash]',
    bundle: true,
    splitting: true,
    minifyWhitespace: true,
    lineLimit: 120,
    legalComments: 'external',
    platform: 'node',
    format: 'esm',
    target: 'node20',
    sourcemap: true,
    // Some of what is bundled is CommonJS and asks for Node's own modules.
    banner: {
      js: "import { createRequire as createRequireOfBundle } from 'node:module';\nconst require = createRequireOfBundle(import.meta.url);",
    },
    logLevel: 'warning',
    // Native code, a module that starts threads from its own files, and two that are only loaded where they are wanted.
    external: ['better-sqlite3', 'pino', 'pino-roll', 'pg-native', '@graphql-yoga/render-graphiql'],
  });
}

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
 * after each other, and weigh more. What live elements need besides is a file of its own, loaded when there is one.
 */
async function bundleWidgets() {
  const elements = readdirSync(widgets).filter((name) => /^oxi-[\w-]+\.ts$/.test(name));
  await build({
    entryPoints: {
      'oxi-socket': `${widgets}/socket.ts`,
      ...Object.fromEntries(
        ['widgets.ts', ...elements].map((name) => [name.replace('.ts', ''), `${widgets}/${name}`]),
      ),
    },
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    legalComments: 'none',
    outdir,
    plugins: [loadedLater],
  });
}
