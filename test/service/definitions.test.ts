import { readFileSync } from 'node:fs';
import { describe, expect, onTestFinished, test } from 'vitest';
import { readCast } from '../support/definitions/cast.ts';
import { isHistory, playHistory } from '../support/definitions/history.ts';
import { applyRules, casesOf } from '../support/definitions/rules.ts';
import { readSettings } from '../support/definitions/settings.ts';
import { openStage } from '../support/definitions/stage.ts';
import { readSections, type Section, type Table } from '../support/definitions/tables.ts';
import { startTestService } from '../support/service.ts';

const page = readFileSync(new URL('../../server/docs/definitions.md', import.meta.url), 'utf8');
const sections = readSections(page);
const tables = sections.flatMap((section) => section.tables);
const settings = readSettings(tableOf('setting'));
const cast = readCast(tableOf('reader'));
const histories = sections.filter(isHistory);
const rules = sections
  .filter((section) => !isHistory(section))
  .flatMap((section) => section.tables)
  .filter(({ columns: [first = ''] }) => first !== 'setting' && first !== 'reader');

function tableOf(first: string): Table {
  const table = tables.find(({ columns }) => columns[0] === first);
  if (!table) throw new Error(`There is no table of ${first}.`);
  return table;
}

function cellsOf({ columns, rows }: Table): string[][] {
  return rows.map((row) => columns.map(row));
}

async function playAndCompare(history: Section): Promise<void> {
  const stage = await openStage(settings, cast);
  onTestFinished(() => stage.close());
  for (const { table, cells } of await playHistory(history, stage)) {
    expect([table.columns, ...cells]).toEqual([table.columns, ...cellsOf(table)]);
  }
}

async function playWhole(markdown: string): Promise<void> {
  for (const section of readSections(markdown)) await playAndCompare(section);
}

describe('the page that defines every figure is right about', () => {
  test.each(histories.map((history) => [history.title, history] as const))('%s', async (_title, history) => {
    await playAndCompare(history);
  });

  test.each(rules.map((table) => [table.columns.join(', '), table] as const))('%s', async (_title, table) => {
    expect(await applyRules(table, settings)).toEqual(cellsOf(table));
    expect(table.rows.map((row) => row(table.columns[0] ?? ''))).toEqual(
      expect.arrayContaining([...casesOf(table)]),
    );
  });
});

describe('a history fails that has', () => {
  const DATE = '2024-03-01';
  const told = (when: string, who: string, what: string) =>
    `### A history\n\n| when | who | what |\n|---|---|---|\n| ${when} | ${who} | ${what} |\n\n`;
  const asked = (of: string, column = 'visits', figure = '0') =>
    `| figures of | ${column} |\n|---|---|\n| ${of} | ${figure} |\n`;
  const opened = told(`${DATE} 10:00:00`, 'Ann', 'opens `/a`');

  test.each<[string, string]>([
    ['an unknown reader', told(`${DATE} 10:00:00`, 'Zoe', 'opens `/a`') + asked(DATE)],
    ['an unknown deed', told(`${DATE} 10:00:00`, 'Ann', 'reads `/a`') + asked(DATE)],
    ['an unknown setting', told(`${DATE} 10:00:00`, 'the owner', 'sets `zone` to UTC') + asked(DATE)],
    ['a page that was never opened', told(`${DATE} 10:00:00`, 'Ann', 'counts `/a`') + asked(DATE)],
    ['a time without a date', told('10:00:00', 'Ann', 'opens `/a`') + asked(DATE)],
    ['a time that the clocks skip', told('2024-03-31 02:30:00', 'Ann', 'opens `/a`') + asked(DATE)],
    ['a time that the clocks show twice', told('2024-10-27 02:30:00', 'Ann', 'opens `/a`') + asked(DATE)],
    ['an answer that is not told of', told(`${DATE} 10:00:00`, 'Ann', 'opens `/../a`') + asked(DATE)],
    ['an unknown column', opened + asked(DATE, 'clicks')],
    ['an unknown range', opened + asked('the first week')],
    ['an unknown dimension', opened + asked(`${DATE} · city Berlin`)],
    ['a value that is in no list', opened + asked(`${DATE} · listed country DE`)],
    ['a row with a cell too many', opened + asked(`${DATE} | 1`)],
    ['no figures', opened],
    ['another figure than comes out', opened + asked(DATE, 'visits', '1')],
  ])('%s', async (_what, markdown) => {
    await expect(playWhole(markdown)).rejects.toThrow();
  });

  test('and so does none that has not', async () => {
    await playWhole(opened + asked(DATE));
  });
});

test('the page is at /definitions of every instance, with all of its tables, and needs nothing from elsewhere', async () => {
  const { request } = await startTestService();
  const answer = await request('/definitions');
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-type')).toMatch(/^text\/html; charset=utf-8$/i);
  expect(answer.headers.get('content-security-policy')).toMatch(/default-src 'self'/);
  const html = await answer.text();
  expect(html).not.toMatch(/<script|<style|\sstyle=|\son\w+=/i);
  expect(html.match(/<table/g)).toHaveLength(tables.length);
  for (const [, link = ''] of html.matchAll(/(?:src|href)="([^"]+)"/g)) {
    const [path = '', anchor] = link.split('#');
    if (path !== '') expect([link, (await request(`/${path}`)).status]).toEqual([link, 200]);
    if (anchor !== undefined) expect(html).toContain(`id="${anchor}"`);
  }
});
