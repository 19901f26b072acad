import { expect, test } from 'vitest';
import { createOperator, startOnce } from '../support/command.ts';

interface Entry {
  readonly id: number;
  readonly at: string;
  readonly actor: string;
  readonly action: string;
  readonly site: string | null;
  readonly token: string | null;
  readonly changes: readonly { readonly field: string; readonly before: unknown; readonly after: unknown }[];
}

test('who changed what is told, the newest first', async () => {
  const operator = await createOperator({ OXICOUNT_TRACKED_ORIGIN: 'https://blog.example' });
  const { command, json } = operator;
  expect((await command('audit')).output).toBe('Nothing was changed yet.\n');
  await startOnce(operator);
  await command('site', 'add', 'docs', '--base-url', 'https://docs.example');
  await command('site', 'change', 'docs', '--name', 'Documentation', '--retention-days', '30');
  await command('token', 'create', 'reports', '--scope', 'read', '--site', 'docs');

  const entries = await json<Entry[]>('audit');
  expect(entries.map(({ actor, action, site }) => [actor, action, site])).toEqual([
    ['command line', 'token-created', 'docs'],
    ['command line', 'site-changed', 'docs'],
    ['command line', 'site-created', 'docs'],
    ['first start', 'token-created', null],
    ['configuration', 'site-created', 'default'],
  ]);
  expect(entries[1]?.changes).toEqual([
    { field: 'name', before: 'docs', after: 'Documentation' },
    { field: 'retentionDays', before: null, after: 30 },
  ]);
  expect(entries.every(({ at }) => Date.parse(at) <= Date.now())).toBe(true);

  const lines = (await command('audit')).output.trimEnd().split('\n');
  expect(lines[0]).toMatch(/^WHEN +WHO +WHAT +SITE +TOKEN +CHANGES$/);
  expect(lines[1]).toMatch(
    /^\d{4}-\d\d-\d\d \d\d:\d\d UTC +command line +token created +docs +reports \([0-9a-f]{12}\) +scopes none -> \["READ"\]$/,
  );
  expect(lines[2]).toMatch(
    / site changed +docs +- +name "docs" -> "Documentation"; retention-days none -> 30$/,
  );
  expect(lines).toHaveLength(6);
});

test('a part is told of one site, and of the newest only', async () => {
  const { command, json } = await createOperator();
  await command('site', 'add', 'docs', '--base-url', 'https://docs.example');
  await command('site', 'add', 'shop', '--base-url', 'https://shop.example');
  await command('site', 'archive', 'docs');
  const actions = async (...args: string[]) =>
    (await json<Entry[]>('audit', ...args)).map(({ action, site }) => [action, site]);
  expect(await actions('--site', 'docs')).toEqual([
    ['site-archived', 'docs'],
    ['site-created', 'docs'],
  ]);
  expect(await actions('--first', '2')).toEqual([
    ['site-archived', 'docs'],
    ['site-created', 'shop'],
  ]);
});

test.each([
  ['--first 0', /--first.*'0' is invalid\. Give a whole number from 1 to 500/],
  ['--first 501', /--first.*'501' is invalid/],
  ['--site nobody', /There is no site "nobody"; there is: none yet\./],
])('%s is refused, with what would be right', async (args, reason) => {
  const { command } = await createOperator();
  const { exit, output } = await command('audit', ...args.split(' '));
  expect([exit, output]).toEqual([1, expect.stringMatching(reason)]);
});
