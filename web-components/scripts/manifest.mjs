// Reads from the sources what each element takes and gives: the custom-elements manifest.
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { create, ts } from '@custom-elements-manifest/analyzer';
// Not through the command line: it would write to package.json, and load a native module that it has no use for here.
import { litPlugin } from '@custom-elements-manifest/analyzer/src/features/framework-plugins/lit/lit.js';
import { documentedTypes } from './documented-types.mjs';

const home = fileURLToPath(new URL('../', import.meta.url));

/** The manifest of the sources as they are, with the modules as they are in the package. */
export function readManifest() {
  const names = readdirSync(`${home}src`, { recursive: true })
    .map((name) => name.replaceAll('\\', '/'))
    .filter((name) => name.endsWith('.ts') && !/\.(test|testing)\.ts$/.test(name))
    .sort();
  const modules = names.map((name) =>
    ts.createSourceFile(
      `src/${name}`,
      readFileSync(`${home}src/${name}`, 'utf8'),
      ts.ScriptTarget.ES2022,
      true,
    ),
  );
  const { modules: all, ...rest } = create({ modules, plugins: [...litPlugin(), documentedTypes()] });
  return {
    ...rest,
    modules: all
      .map(withoutInsides)
      .filter(({ declarations, exports }) => declarations.length + exports.length > 0),
  };
}

/** Of a module, what those who use the package can reach: elements, what they are made of, and where they register. */
function withoutInsides({ declarations, exports, ...module }) {
  const classes = declarations.filter(({ kind, name }) => kind === 'class' && name.endsWith('Element'));
  const text = JSON.stringify({
    ...module,
    declarations: classes.map((declaration) => ({
      ...declaration,
      members: declaration.members?.filter(({ privacy }) => privacy === undefined || privacy === 'public'),
      // One whose name is put together in the code is documented under the names that it can have.
      events: declaration.events?.filter(({ name }) => name !== undefined),
    })),
    exports: exports.filter(
      ({ kind, name }) =>
        kind === 'custom-element-definition' || classes.some((known) => known.name === name),
    ),
  });
  return JSON.parse(text, (key, value) => (key === 'path' || key === 'module' ? built(value) : value));
}

/** `/src/count-element.ts` as it is in the package. */
function built(path) {
  return path.replace(/^\/?src\/(.+)\.ts$/, 'dist/$1.js');
}
