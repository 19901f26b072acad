import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

const home = fileURLToPath(new URL('../../web-components/', import.meta.url));
const read = (name: string) => readFileSync(home + name, 'utf8');

interface Entry {
  readonly name: string;
  readonly description?: string;
  readonly type?: { readonly text: string };
}

interface Declaration extends Entry {
  readonly tagName?: string;
  readonly attributes?: readonly Entry[];
  readonly cssParts?: readonly Entry[];
  readonly cssProperties?: readonly Entry[];
  readonly events?: readonly Entry[];
  readonly slots?: readonly Entry[];
}

const { modules } = JSON.parse(read('custom-elements.json')) as {
  modules: { path: string; declarations: Declaration[] }[];
};
const elements = modules.flatMap(({ path, declarations }) =>
  declarations.flatMap((declaration) =>
    declaration.tagName === undefined ? [] : [{ tag: declaration.tagName, path, declaration }],
  ),
);
const tags = readdirSync(`${home}src`).flatMap((name) => /^(oxi-[\w-]+)\.ts$/.exec(name)?.[1] ?? []);

test('the manifest has every element that is registered', () => {
  expect(elements.map(({ tag }) => tag).sort()).toEqual(tags.sort());
});

describe.each(elements.map(({ tag, ...rest }) => [`<${tag}>`, rest] as const))('%s', (tag, element) => {
  test('documents every attribute that it has, and no other', async () => {
    const source = element.path.replace('dist/', 'src/').replace('.js', '.ts');
    const module = (await import(home + source)) as Record<string, { observedAttributes: string[] }>;
    const observed = module[element.declaration.name]?.observedAttributes;
    expect(element.declaration.attributes?.map(({ name }) => name).sort()).toEqual(observed?.toSorted());
  });

  test('says what each thing is, and of what type', () => {
    const {
      attributes = [],
      cssParts = [],
      cssProperties = [],
      events = [],
      slots = [],
    } = element.declaration;
    const all = [...attributes, ...cssParts, ...cssProperties, ...events, ...slots];
    expect(all.filter(({ description }) => !description).map(({ name }) => name)).toEqual([]);
    expect([...attributes, ...events].filter(({ type }) => !type).map(({ name }) => name)).toEqual([]);
  });

  test('documents the parts and the custom properties that its own files name, and no part that they do not', () => {
    const sources = sourcesOf(tag.slice('<oxi-'.length, -1));
    const names = (pattern: RegExp) =>
      [...sources.matchAll(pattern)].flatMap(([, text = '']) => text.split(' '));
    const parts = names(/\spart="([\w -]+)"/g);
    const documented = element.declaration.cssParts?.map(({ name }) => name) ?? [];
    const properties = names(/var\((--oxi-[\w-]+)/g);
    const known = element.declaration.cssProperties?.map(({ name }) => name) ?? [];
    expect(parts.filter((part) => !documented.includes(part))).toEqual([]);
    expect(properties.filter((property) => !known.includes(property))).toEqual([]);
    const inherited = ['panel', 'label', 'failure', 'stale'];
    const code = sources.replace(/\/\*\*[\s\S]*?\*\//g, '');
    const named = (part: string) => inherited.includes(part) || new RegExp(`\\b${part}\\b`).test(code);
    expect(documented.filter((part) => !named(part))).toEqual([]);
  });
});

test('the README says of the elements what they say of themselves', () => {
  execFileSync(process.execPath, [`${home}scripts/write-reference.mjs`, '--check'], { stdio: 'pipe' });
}, 60_000);

/** The text of an element's class and of the folder with its parts. */
function sourcesOf(name: string): string {
  const folder = existsSync(`${home}src/${name}`)
    ? readdirSync(`${home}src/${name}`, { recursive: true })
    : [];
  const parts = folder.map(String).filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'));
  return [`src/${name}-element.ts`, ...parts.map((file) => `src/${name}/${file}`)].map(read).join('\n');
}
