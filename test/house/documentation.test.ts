import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { createProgram } from '../../server/cli/program.ts';
import { settings } from '../../server/config/config.ts';
import { errorCodes } from '../../server/domain/errors.ts';
import { graphqlErrorCodes } from '../../server/graphql/errors.ts';
import { statusOf } from '../../server/http/errors.ts';
import { catalogue } from '../../server/metrics/catalogue.ts';

const file = (name: string) => readFileSync(new URL(`../../${name}`, import.meta.url), 'utf8');
const docs = (name: string) => file(`server/docs/${name}.md`);
const rowsOf = (page: string) => new Set(page.split('\n').filter((line) => line.startsWith('|')));
const row = (...cells: string[]) => `| ${cells.join(' | ')} |`;

describe('the documentation lists', () => {
  const [settingRows, errorRows] = [rowsOf(docs('settings')), rowsOf(docs('api'))];

  test.each(settings.map((setting) => [setting.key, setting] as const))('the setting %s', (_key, setting) => {
    const variable = setting.variable === null ? 'file only' : `\`${setting.variable}\``;
    expect(settingRows).toContain(row(`\`${setting.key}\``, variable, setting.default, setting.description));
  });

  test.each(settings.flatMap(({ fileVariable }) => fileVariable ?? []))('the file of %s', (variable) => {
    expect(docs('settings')).toContain(`\`${variable}\``);
  });

  test.each(Object.entries(errorCodes))('the error %s', (code, meaning) => {
    expect(errorRows).toContain(
      row(`\`${code}\``, String(statusOf[code as keyof typeof errorCodes]), meaning),
    );
  });

  test.each(Object.entries(graphqlErrorCodes))('the error %s', (code, meaning) => {
    expect(errorRows).toContain(row(`\`${code}\``, 'GraphQL', meaning));
  });

  test('no setting and no error that is gone', () => {
    const known = new Set([
      ...settings.map(({ key }) => key),
      ...Object.keys(errorCodes),
      ...Object.keys(graphqlErrorCodes),
    ]);
    const errors = docs('api').split('## Errors\n')[1] ?? '';
    const listed = [...(docs('settings') + errors).matchAll(/^\| `([^`]+)` \|/gm)].map(([, name]) => name);
    expect(listed.length).toBe(known.size);
    expect(listed.filter((name) => name === undefined || !known.has(name))).toEqual([]);
  });

  test.each(Object.entries(catalogue))('the metric %s', (name, { type, labels, help }) => {
    const listed = labels.length === 0 ? '' : labels.map((label) => `\`${label}\``).join(', ');
    expect(rowsOf(docs('monitoring'))).toContain(row(`\`${name}\``, type, listed, help));
  });

  test('alerts that Prometheus can be given', () => {
    const blocks = docs('monitoring').match(/(?:^ {4}.*\n|^\n(?= {4}))+/gm) ?? [];
    const rules = blocks
      .filter((block) => block.trimStart().startsWith('groups:'))
      .flatMap((block) => parse(block).groups)
      .flatMap((group: { rules: { alert: string; expr: string; for?: string }[] }) => group.rules);
    expect(rules.length).toBeGreaterThan(5);
    expect(new Set(rules.map(({ alert }) => alert)).size).toBe(rules.length);
    for (const { expr, for: during = '1m' } of rules) {
      expect(during).toMatch(/^\d+[mh]$/);
      const bare = expr.replaceAll(/"[^"]*"/g, '');
      for (const [open, close] of ['()', '{}', '[]']) {
        expect(bare.split(open ?? '').length, expr).toBe(bare.split(close ?? '').length);
      }
      // What is asked for has the labels that the metric has.
      for (const [, name = '', labels = ''] of expr.matchAll(/\b(oxicount_\w+)(?:\{([^}]*)\})?/g)) {
        const known =
          catalogue[name as keyof typeof catalogue] ??
          catalogue[name.replace(/_count$/, '') as keyof typeof catalogue];
        for (const [, label] of labels.matchAll(/(\w+)=~?"/g)) expect(known.labels, expr).toContain(label);
      }
    }
  });

  test('no metric that is gone', () => {
    const listed = [...docs('monitoring').matchAll(/\boxicount_[a-z_]+/g)].map(([name]) => name);
    const known = (name: string) =>
      name in catalogue || name.replace(/_(bucket|sum|count)$/, '') in catalogue;
    expect(listed.filter((name) => !known(name))).toEqual([]);
  });

  test('every script of package.json', () => {
    const scripts = Object.keys(JSON.parse(file('package.json')).scripts).filter((name) => name !== 'build');
    const pages = file('README.md') + docs('commands');
    expect(
      scripts.filter((name) => !pages.includes(`npm ${name}`) && !pages.includes(`npm run ${name}`)),
    ).toEqual([]);
  });

  test('every command of the program', () => {
    const named = (command: ReturnType<typeof createProgram>, path: string): string[] =>
      command.commands.length === 0
        ? [path]
        : command.commands.flatMap((one) => named(one, `${path} ${one.name()}`));
    const commands = named(createProgram(), 'oxicount');
    expect(commands.length).toBeGreaterThan(10);
    const listed = docs('commands');
    expect(commands.filter((name) => !new RegExp(`\\| .*\`${name}[ \`]`).test(listed))).toEqual([]);
  });

  test('every route that the server has', () => {
    const sources = readdirSync(new URL('../../server/http/routes/', import.meta.url))
      .filter((name) => !name.endsWith('.test.ts'))
      .map((name) => file(`server/http/routes/${name}`));
    const routes = sources.join('\n').matchAll(/(?:url: |\.get\(|for \(const url of \[)'(\/[^']*)'/g);
    const names = [...routes].map(([, route = '']) => route.split('/:')[0] ?? '');
    expect(names.length).toBeGreaterThan(8);
    const listed = docs('api');
    expect(names.filter((name) => !listed.includes(`\`${name}`))).toEqual([]);
  });
});

describe('a link of the documentation leads somewhere', () => {
  const root = new URL('../../', import.meta.url);
  const pages = ['README.md', 'sdk/README.md', 'server/README.md', 'web-components/README.md'].concat(
    readdirSync(new URL('server/docs', root)).map((name) => `server/docs/${name}`),
  );
  const anchorsOf = (page: string) =>
    [...page.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
      heading
        .toLowerCase()
        .replace(/[^\p{L}\p{N} _-]/gu, '')
        .replaceAll(' ', '-'),
    );

  test.each(pages)('of %s', (name) => {
    const here = new URL(name, root);
    const targets = [...readFileSync(here, 'utf8').matchAll(/\]\(([^)\s]+)\)/g)].map(([, to = '']) => to);
    const dead = targets.filter((to) => {
      if (/^[a-z]+:/.test(to)) return false;
      const { pathname, hash } = new URL(to, here);
      if (!existsSync(pathname)) return true;
      return hash !== '' && !anchorsOf(readFileSync(pathname, 'utf8')).includes(hash.slice(1));
    });
    expect(dead).toEqual([]);
  });
});
