import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { strict } from '../sdk/support/consumer.ts';
import { type InstalledElements, installElements } from './support/installed-elements.ts';

let project: InstalledElements;
beforeAll(async () => {
  project = await installElements();
});
afterAll(() => project?.remove());

const dist = () => join(project.folder, 'node_modules/@oxicount/web-components/dist');

/** Modules that the package offers: what its patterns stand for is in its folder. */
async function entries(): Promise<string[]> {
  const modules = (await readdir(dist())).filter((name) => name.endsWith('.js'));
  return Object.keys(project.manifest.exports).flatMap((entry) => {
    const [start = '', end] = entry.slice(2).split('*');
    if (end === undefined)
      return entry === '.' ? ['@oxicount/web-components'] : [`@oxicount/web-components/${start}`];
    const names = modules.map((name) => name.replace('.js', ''));
    return names
      .filter((name) => name.startsWith(start) && name.endsWith(end))
      .map((name) => `@oxicount/web-components/${name}`);
  });
}

describe('the packages as they would be published', () => {
  test('offer every element as a class and as a module that registers it', async () => {
    const names = await entries();
    const tags = names.map((name) => /\/oxi-(.+)$/.exec(name)?.[1]).filter((tag) => tag !== undefined);
    expect(tags).toContain('count');
    expect(tags.filter((tag) => !names.includes(`@oxicount/web-components/${tag}-element`))).toEqual([]);
  });

  test('have types for whatever they offer', async () => {
    const modules = (await entries()).filter((name) => !name.endsWith('.json'));
    const imports = modules.map((name, index) => `export * as entry${index} from '${name}';`);
    await project.write('every-entry.ts', imports.join('\n'));
    expect(await project.compile('typescript 7')).toBe('');
    const files = modules.map(
      (name) => `${name.replace(/^@oxicount\/web-components\/?/, '') || 'widgets'}.d.ts`,
    );
    expect(files.filter((name) => !existsSync(join(dist(), name)))).toEqual([]);
  }, 120_000);

  test('type an element of a page for whoever imports the module that registers it', async () => {
    const tags = (await entries()).flatMap((name) => /\/(oxi-.+)$/.exec(name)?.[1] ?? []);
    // Declarations leave out imports that only run something.
    for (const tag of tags) {
      expect(await readFile(join(dist(), `${tag}.d.ts`), 'utf8')).toContain(
        `from './${tag.slice(4)}-element`,
      );
    }
    const uses = tags
      .filter((tag) => !['oxi-dashboard', 'oxi-administration'].includes(tag))
      .map((tag) => `document.querySelector('${tag}')!.refresh();`);
    await project.write('all.ts', `import '@oxicount/web-components';\n${uses.join('\n')}\n`);
    const options = { ...strict, lib: ['es2023', 'dom', 'dom.iterable'] };
    await project.write('tsconfig.all.json', JSON.stringify({ compilerOptions: options, files: ['all.ts'] }));
    expect(await project.compile('typescript 7', 'tsconfig.all.json')).toBe('');
  }, 120_000);

  test('can be imported in plain Node, which is left as it was', async () => {
    const modules = await entries();
    const imports = modules.map((name) =>
      name.endsWith('.json') ? `import '${name}' with { type: 'json' };` : `import '${name}';`,
    );
    await project.write(
      'imports.js',
      `${imports.join('\n')}
console.log(process.getActiveResourcesInfo().filter((name) => /Timer|TCP|Timeout/.test(name)).join());
console.log(customElements.get('oxi-count').name);`,
    );
    expect((await project.node(['--no-warnings', 'imports.js'])).trim()).toBe('CountElement');
  });

  test('only modules that register elements have side effects', async () => {
    const classes = (await entries()).filter((name) => name.endsWith('-element'));
    await project.write(
      'classes.js',
      `${classes.map((name, index) => `import * as class${index} from '${name}';`).join('\n')}
const names = ${JSON.stringify(classes)}.map((name) => name.replace(/.*\\/(.+)-element$/, 'oxi-$1'));
console.log(names.filter((name) => customElements.get(name)).join());
void [${classes.map((_name, index) => `class${index}`)}];`,
    );
    expect((await project.node(['classes.js'])).trim()).toBe('');
  });
});
