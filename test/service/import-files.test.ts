import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parseDay } from '../../server/domain/day.ts';
import type { Dimension } from '../../server/domain/dimensions/dimension.ts';
import type { ImportReport } from '../../server/domain/import/report.ts';
import { example, fileWith, plausibleZip } from '../../server/import/files.testing.ts';
import { openDatabase } from '../../server/storage/open.ts';
import { createStorage } from '../../server/storage/storage.ts';
import { createOperator, type Operator } from '../support/command.ts';
import { sql } from '../support/sql.ts';

const DAYS = { unit: 'days', from: parseDay('2024-03-01') ?? 0, to: parseDay('2024-03-02') ?? 0 } as const;

/** What the database of an operator says of its only site, on each day and of the values of some dimensions. */
async function figuresOf({ cwd }: Operator) {
  const { database } = await openDatabase({ provider: 'sqlite', file: join(cwd, 'data/oxicount.db') });
  const storage = createStorage(database, () => {});
  try {
    const [site] = await storage.sites();
    const scope = { siteId: site?.id ?? 0, filter: {}, span: DAYS };
    const top = async (dimension: Dimension, orderBy: 'visits' | 'pixelViews') => {
      const rows = await storage.statistics.top({
        ...{ scope, dimension, orderBy, search: null, after: null, limit: 9 },
      });
      return rows.map((row) => `${row.value} ${row[orderBy]}`);
    };
    const daily = await storage.statistics.daily(scope);
    return {
      days: [...daily.values()].map(({ visits, pixelViews, visitors, returningVisitors }) => ({
        ...{ visits, pixelViews, visitors, returningVisitors },
      })),
      browsers: await top('browser', 'visits'),
      referrers: await top('referrer', 'visits'),
      pages: await top('page', 'pixelViews'),
      count: await storage.pageTotals(site?.id ?? 0, '/hello'),
    };
  } finally {
    await storage.close();
  }
}

/** All that the figures are made of. */
async function everything({ cwd }: Operator): Promise<string[]> {
  const url = `file:${join(cwd, 'data/oxicount.db')}`;
  const tables = ['oxi_pages', 'oxi_visits', 'oxi_rollups', 'oxi_imported_rollups', 'oxi_dimension_values'];
  const rows = await Promise.all(tables.map((table) => sql<object>(url, `SELECT * FROM ${table}`)));
  return rows
    .flat()
    .map((row) => JSON.stringify(row))
    .sort();
}

const addBlog = (operator: Operator) =>
  operator.command(
    ...['site', 'add', 'blog', '--base-url', 'https://blog.example', '--time-zone', 'Europe/Berlin'],
  );
const load = (operator: Operator, ...args: string[]) => operator.json<ImportReport>('import', ...args);
const WITHOUT_CHANGE = { visits: 0, pixelViews: 0, figures: 0, pages: 0, complete: true };

test('page views of GoatCounter and Umami are visits of the days of the site, however often they are imported', async () => {
  const operator = await createOperator();
  await addBlog(operator);
  const goatcounter = ['goatcounter', example('goatcounter-2.csv')];
  const dry = await load(operator, ...goatcounter, '--dry-run');
  expect(dry).toMatchObject({ visits: 8, pixelViews: 0, pages: 3, thereAlready: 0 });
  expect(dry.leftOut).toContainEqual({
    why: 'GoatCounter took it for a program',
    count: 1,
    examples: ['line 9'],
  });
  expect((await figuresOf(operator)).days).toEqual([]);

  expect(await load(operator, ...goatcounter)).toMatchObject({
    ...dry,
    dryRun: false,
    seconds: expect.any(Number),
  });
  expect(await figuresOf(operator)).toEqual({
    days: [
      { visits: 3, pixelViews: 0, visitors: 2, returningVisitors: 0 },
      { visits: 5, pixelViews: 0, visitors: 3, returningVisitors: 0 },
    ],
    browsers: ['Firefox 4', 'Chrome 1', 'Edge 1', 'Opera 1', 'Safari 1'],
    referrers: ['mail.google.com 2', 'news.example 1', 'news.ycombinator.com 1'],
    pages: ['/ 0', '/hello 0', '/last 0'],
    count: { visits: 6, views: 6 },
  });

  const umami = ['umami', example('website_event.csv')];
  expect(await load(operator, ...umami)).toMatchObject({ visits: 5, pages: 0, thereAlready: 0 });
  expect((await figuresOf(operator)).days).toMatchObject([
    { visits: 6, visitors: 4 },
    { visits: 7, visitors: 5 },
  ]);

  const before = await everything(operator);
  expect(await load(operator, ...goatcounter)).toMatchObject({ ...WITHOUT_CHANGE, thereAlready: 8 });
  expect(await load(operator, ...umami)).toMatchObject({ ...WITHOUT_CHANGE, thereAlready: 5 });
  expect(await everything(operator)).toEqual(before);
}, 120_000);

test('figures of Plausible and hits in a log are added to those of the days, however often they are imported', async () => {
  const operator = await createOperator();
  await addBlog(operator);
  const plausible = ['plausible', fileWith(plausibleZip(), 'blog_example_20240302.zip')];
  const log = ['log', example('access.log')];
  expect(await load(operator, ...plausible)).toMatchObject({ visits: 0, figures: 19, pages: 2 });
  expect(await load(operator, ...log)).toMatchObject({ visits: 0, pixelViews: 5, figures: 0, pages: 2 });
  expect(await figuresOf(operator)).toEqual({
    days: [
      { visits: 25, pixelViews: 3, visitors: 10, returningVisitors: 0 },
      { visits: 9, pixelViews: 2, visitors: 6, returningVisitors: 0 },
    ],
    browsers: ['Chrome 16', 'Edge 9', 'Firefox 0', 'Safari 0'],
    referrers: ['google.com 10', 'news.ycombinator.com 9', 'news.example 0', 'search.example 0'],
    pages: ['/hello 2', '/ 1', '/caf%C3%A9 1', '/release/v1.2 1'],
    count: { visits: 24, views: 26 },
  });

  const before = await everything(operator);
  expect(await load(operator, ...plausible)).toMatchObject({ ...WITHOUT_CHANGE, thereAlready: 19 });
  expect(await load(operator, ...log, example('access.log'))).toMatchObject({
    ...WITHOUT_CHANGE,
    thereAlready: 10,
  });
  expect(await everything(operator)).toEqual(before);
  expect((await operator.command('rollups', 'rebuild')).exit).toBe(0);
  expect(await everything(operator)).toEqual(before);
  expect(before.join()).not.toMatch(/203\.0\.113|Mozilla/);

  const { exit, output } = await operator.command('import', 'plausible', example('access.log'));
  expect(exit).toBe(1);
  expect(output).toMatch(/^oxicount: .*access\.log cannot be read as a zip archive: /);
}, 120_000);
