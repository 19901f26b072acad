import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { createProgram } from '../../server/cli/program.ts';
import { settings } from '../../server/config/config.ts';
import { errorCodes } from '../../server/domain/errors.ts';
import { graphqlErrorCodes } from '../../server/graphql/errors.ts';
import { statusOf } from '../../server/http/errors.ts';

const file = (name: string) => readFileSync(new URL(`../../${name}`, import.meta.url), 'utf8');
const readme = file('README.md');
const rows = new Set(readme.split('\n').filter((line) => line.startsWith('|')));
const row = (...cells: string[]) => `| ${cells.join(' | ')} |`;

describe('the README lists', () => {
  test.each(settings.map((setting) => [setting.key, setting] as const))('the setting %s', (_key, setting) => {
    const variable = setting.variable === null ? 'file only' : `\`${setting.variable}\``;
    expect(rows).toContain(row(`\`${setting.key}\``, variable, setting.default, setting.description));
  });

  test.each(Object.entries(errorCodes))('the error %s', (code, meaning) => {
    expect(rows).toContain(row(`\`${code}\``, String(statusOf[code as keyof typeof errorCodes]), meaning));
  });

  test.each(Object.entries(graphqlErrorCodes))('the error %s', (code, meaning) => {
    expect(rows).toContain(row(`\`${code}\``, 'GraphQL', meaning));
  });

  test('no setting and no error that is gone', () => {
    const known = new Set([
      ...settings.map(({ key }) => key),
      ...Object.keys(errorCodes),
      ...Object.keys(graphqlErrorCodes),
    ]);
    const table = (heading: string) => readme.split(`## ${heading}\n`)[1]?.split('\n## ')[0] ?? '';
    const listed = [...(table('Settings') + table('Errors')).matchAll(/^\| `([^`]+)` \|/gm)].map(
      ([, name]) => name,
    );
    expect(listed.length).toBe(known.size);
    expect(listed.filter((name) => name === undefined || !known.has(name))).toEqual([]);
  });

  test('every script of package.json', () => {
    const scripts = Object.keys(JSON.parse(file('package.json')).scripts).filter((name) => name !== 'build');
    const missing = scripts.filter(
      (name) => !readme.includes(`npm ${name}`) && !readme.includes(`npm run ${name}`),
    );
    expect(missing).toEqual([]);
  });

  test('every command of the program', () => {
    const named = (command: ReturnType<typeof createProgram>, path: string): string[] =>
      command.commands.length === 0
        ? [path]
        : command.commands.flatMap((one) => named(one, `${path} ${one.name()}`));
    const commands = named(createProgram(), 'oxicount');
    expect(commands.length).toBeGreaterThan(10);
    expect(commands.filter((name) => !new RegExp(`\\| .*\`${name}[ \`]`).test(readme))).toEqual([]);
  });

  test('every route that the server has', () => {
    const sources = ['tracking', 'pixel', 'public-reads', 'badge', 'health', 'count-script', 'pages'].map(
      (name) => file(`server/http/routes/${name}.ts`),
    );
    const routes = sources.join('\n').matchAll(/(?:url: |\.get\(|for \(const url of \[)'(\/[^']*)'/g);
    const names = [...routes].map(([, route = '']) => route.split('/:')[0] ?? '');
    expect(names.length).toBeGreaterThan(8);
    expect(names.filter((name) => !readme.includes(`\`${name}`))).toEqual([]);
  });
});
