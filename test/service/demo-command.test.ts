import { join } from 'node:path';
import { expect, test } from 'vitest';
import { dayOf, formatDay } from '../../server/domain/day.ts';
import { openDatabase } from '../../server/storage/open.ts';
import { createStorage } from '../../server/storage/storage.ts';
import { run, serve, temporaryFolder } from '../support/program.ts';

const FEW = ['--visits', '100', '--pages', '10'];

/** An instance that keeps its visits in a folder of its own. */
async function instance() {
  const cwd = await temporaryFolder();
  return {
    cwd,
    async demo(...args: string[]) {
      const program = run(['demo', ...args], { cwd });
      const exit = await program.exit;
      return { exit, output: program.output() };
    },
    /** What the database says of a site. */
    async figures(slug = 'sample') {
      const { database } = await openDatabase({
        provider: 'sqlite',
        file: join(cwd, 'data/oxicount.db'),
      });
      const storage = createStorage(database, () => {});
      try {
        const site = (await storage.sites()).find((one) => one.slug === slug);
        if (!site) return { site: null, visits: 0, totals: null };
        const last = dayOf(Date.now(), site.timeZone) - 1;
        const span = { unit: 'days', from: last - 364, to: last } as const;
        return {
          site,
          visits: (await storage.siteTotals(site.id)).visits,
          pages: await storage.pageCounts(site.id, {
            orderBy: 'count',
            search: null,
            after: null,
            limit: 3,
          }),
          visitors: await database.client.visitor.findMany({ distinct: ['day'], select: { day: true } }),
          totals: await storage.statistics.totals({ siteId: site.id, filter: {}, span }),
        };
      } finally {
        await storage.close();
      }
    },
  };
}

test('a made-up history is loaded into a site of its own, and says what it is', async () => {
  const { demo, figures } = await instance();
  const { exit, output } = await demo('--visits', '2000', '--seed', '7');
  expect(exit).toBe(0);
  const yesterday = formatDay(dayOf(Date.now(), 'UTC') - 1);
  expect(output).toMatch(
    new RegExp(
      `Loaded 2,000 visits and 60 pixel views of 500 pages into the site sample, .* to ${yesterday}, in`,
    ),
  );
  expect(output.match(/ of 2,000 visits \(\d+ %\)/g)).toHaveLength(10);
  const { site, visits, pages, visitors, totals } = await figures();
  expect(site).toMatchObject({ name: 'Sample', baseUrls: ['https://sample.example'], timeZone: 'UTC' });
  expect(visits).toBe(2_000);
  expect(pages?.[0]?.path).toBe('/');
  expect(totals).toMatchObject({ visits: 2_000, pixelViews: 60 });
  // Those of a week, and of the day before.
  expect(visitors?.length).toBeLessThanOrEqual(8);
});

test('a site that has visits is left alone unless it is to have more, and has none of them twice', async () => {
  const { demo, figures } = await instance();
  await demo(...FEW);
  const { exit, output } = await demo(...FEW, '--seed', '2');
  expect([exit, output]).toEqual([1, expect.stringMatching(/site sample has visits.*--add/)]);
  expect((await figures()).visits).toBe(100);

  expect(await demo(...FEW, '--seed', '2', '--add')).toMatchObject({ exit: 0 });
  expect((await figures()).visits).toBe(200);

  const again = await demo(...FEW, '--add');
  expect(again.output).toMatch(/Loaded 0 visits and 0 pixel views .* 103 were there already/);
  expect((await figures()).visits).toBe(200);
});

test('a load that is interrupted leaves whole visits, and says how it is completed', async () => {
  const { cwd, figures } = await instance();
  const program = run(['demo', '--visits', '200000', '--pages', '10'], { cwd });
  await expect.poll(() => program.output(), { timeout: 20_000 }).toContain('(10 %)');
  program.kill('SIGINT');
  expect(await program.exit).toBe(130);
  expect(program.output()).toMatch(
    /Not all of it is loaded\. The same with --add --until \d{4}-\d\d-\d\d goes on\./,
  );
  const { visits, totals } = await figures();
  expect(visits).toBeGreaterThanOrEqual(20_000);
  expect(visits).toBeLessThan(200_000);
  expect(totals).toMatchObject({ visits });
  expect(program.output()).toContain(`Loaded ${visits.toLocaleString('en')} visits`);
});

test('a site of the instance is filled where it is named, in its own time zone', async () => {
  const { cwd, demo, figures } = await instance();
  const program = serve({ OXICOUNT_TIME_ZONE: 'Pacific/Auckland' }, cwd);
  await program.url;
  program.kill('SIGTERM');
  await program.exit;
  const { exit, output } = await demo(...FEW, '--days', '3', '--site', 'demo');
  expect(output).toContain(formatDay(dayOf(Date.now(), 'Pacific/Auckland') - 1));
  expect(exit).toBe(0);
  expect((await figures('demo')).visits).toBe(100);
  expect((await figures('sample')).site).toBeNull();
});

test.each([
  ['--visits 0', /--visits.*'0' is invalid\. Give a whole number from 1 to 100,000,000/],
  ['--visits 1e6', /--visits.*'1e6' is invalid/],
  ['--days 3651', /--days.*'3651' is invalid\. Give a whole number from 1 to 3,650/],
  ['--seed 4294967296', /--seed.*'4294967296' is invalid\. Give a whole number from 0 to 4,294,967,295/],
  ['--pages 10001', /--pages.*'10001' is invalid\. Give a whole number from 1 to 10,000/],
  ['--until 2023-02-29', /--until.*'2023-02-29' is invalid\. Give a day such as 2024-12-31/],
  [
    '--until 2999-01-01',
    /2999-01-01 is not over on the site sample\. The last day is \d{4}-\d\d-\d\d at the latest/,
  ],
  ['--until 1970-06-01', /before 1970-01-01/],
  ['--site nobody', /There is no site "nobody"; there is: none yet\./],
])('%s is refused, with what would be right', async (args, reason) => {
  const { demo, figures } = await instance();
  const { exit, output } = await demo(...args.split(' '));
  expect(exit).toBe(1);
  expect(output).toMatch(reason);
  expect(output).not.toMatch(/^\s+at .*:\d+/m);
  expect((await figures()).site).toBeNull();
});

test('a site that does not keep visits so long is left alone', async () => {
  const { cwd, demo } = await instance();
  const program = serve({ OXICOUNT_RETENTION_DAYS: '30' }, cwd);
  await program.url;
  program.kill('SIGTERM');
  await program.exit;
  const { exit, output } = await demo(...FEW, '--days', '30', '--site', 'demo');
  expect(exit).toBe(1);
  expect(output).toMatch(
    /keeps visits for 30 days, today included\. The first day is \d{4}-\d\d-\d\d at the earliest/,
  );
  expect(await demo(...FEW, '--days', '29', '--site', 'demo')).toMatchObject({ exit: 0 });
});

test('the command explains itself', async () => {
  const { demo } = await instance();
  const { exit, output } = await demo('--help');
  expect(exit).toBe(0);
  expect(output).toMatch(/^Usage: oxicount demo/);
});
