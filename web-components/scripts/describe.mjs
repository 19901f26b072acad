// Writes beside the built modules what editors, documentation and React have to know of the elements.
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { readManifest } from './manifest.mjs';
import { reactTypes } from './react-types.mjs';

const home = fileURLToPath(new URL('../', import.meta.url));

const manifest = readManifest();
writeFileSync(`${home}custom-elements.json`, `${JSON.stringify(manifest, null, 2)}\n`);
writeFileSync(`${home}dist/react.d.ts`, reactTypes(manifest));
writeFileSync(`${home}dist/react.js`, 'export {};\n');
