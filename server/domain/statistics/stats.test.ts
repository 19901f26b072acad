import { describe, expect, test } from 'vitest';
import { operator, type SiteQuestion } from '../access.ts';
import { formatDay, parseDay } from '../day.ts';
import { DomainError } from '../errors.ts';
import type { Site } from '../site.ts';
import type { FilteredHits, TopOrder } from './figures.ts';
import type { Interval } from './interval.ts';
import { createMemoryStatistics, type ToldVisit } from './memory-statistics.testing.ts';
import type { SeriesPoint } from './range-figures.ts';
import { createStats, type StatsQuestion } from './stats.ts';
import { MAX_TOP, type TopList, type TopPage } from './top.ts';

const BERLIN = 'Europe/Berlin';
// A Friday, 14:20:05 in Berlin.
const NOW = Date.parse('2024-03-01T13:20:05Z');
const site: Site = {
  id: 1,
  slug: 'blog',
  name: 'Blog',
  baseUrls: ['https://blog.example'],
  callbackOrigin: 'https://blog.example',
  timeZone: BERLIN,
  minDelaySecs: 19,
  pathPatterns: ['/user/:id'],
  respectDnt: false,
  retentionDays: null,
  visibility: 'public',
  publicPages: [],
  publicFigures: [],
};

type Asked = Omit<StatsQuestion, 'reader'>;

function world(visits: readonly ToldVisit[], { filtered = [] }: { filtered?: FilteredHits[] } = {}) {
  const storage = createMemoryStatistics(visits, { timeZone: BERLIN, filtered });
  const known = async ({ site: slug }: SiteQuestion) => {
    if (slug === 'blog') return { ...site, restriction: null, open: () => site };
    throw new DomainError('SITE_NOT_FOUND', 'There is no such site.');
  };
  const stats = createStats({ storage, sites: { known }, clock: () => NOW });
  return {
    calls: storage.calls,
    open: (question: Asked = {}) => stats.open({ site: 'blog', reader: operator, ...question }),
  };
}

/** A few days of a small blog. */
const VISITS: readonly ToldVisit[] = [
  { at: '2024-02-27', page: '/c', visitor: 3, country: 'DE' },
  { at: '2024-02-28', page: '/a', visitor: 1, referrer: 'news.example', country: 'DE', seconds: 40 },
  { at: '2024-02-28T12:05:00Z', page: '/b', visitor: 1, country: 'DE', seconds: 20 },
  { at: '2024-02-28', page: '/a', visitor: 2, referrer: 'news.example', country: 'FR' },
  { at: '2024-02-29', page: '/a', visitor: 3, country: 'DE', seconds: 30 },
  { at: '2024-02-29', page: '/a' },
  { at: '2024-02-29', page: '/b', pixel: true },
  {
    at: '2024-03-01T08:00:00Z',
    page: '/c',
    visitor: 4,
    referrer: 'search.example',
    country: 'FR',
    seconds: 90,
  },
  { at: '2024-03-01T13:10:00Z', page: '/a', visitor: 4, country: 'FR' },
];
const ALL = { from: '2024-02-28', to: '2024-03-01' };

const visitsOf = (points: readonly SeriesPoint[]) => points.map(({ figures }) => figures.visits);
const startsOf = (points: readonly SeriesPoint[]) => points.map(({ start }) => new Date(start).toISOString());

describe('the totals of a range', () => {
  test('are those of all of its visits', async () => {
    const view = await world(VISITS).open({ range: ALL });
    expect(await view.totals()).toEqual({
      visits: 7,
      pixelViews: 1,
      views: 8,
      visitors: 4,
      returningVisitors: 1,
      // Of the visitors, 1 and 4 saw two pages.
      bounces: 2,
      bounceRate: 0.5,
      timedVisits: 4,
      spentSeconds: 180,
      averageSpentSeconds: 45,
    });
  });

  test('are those of the last 30 days where no range is given', async () => {
    const { range } = await world(VISITS).open();
    expect([range.preset, formatDay(range.firstDay), formatDay(range.lastDay)]).toEqual([
      'LAST_30_DAYS',
      '2024-02-01',
      '2024-03-01',
    ]);
  });

  test('of all time begin with the first visit', async () => {
    const view = await world([{ at: '2019-05-04' }, ...VISITS]).open({ range: { preset: 'ALL_TIME' } });
    expect(formatDay(view.range.firstDay)).toBe('2019-05-04');
    expect((await view.totals()).visits).toBe(9);
  });

  test('can be those of one page, however its path is written', async () => {
    const totals = await (await world(VISITS).open({ range: ALL, filter: { page: '/a/' } })).totals();
    expect(totals).toMatchObject({ visits: 5, pixelViews: 0, visitors: 4, spentSeconds: 70 });
  });

  test('can be those of a combination, of which there may be none', async () => {
    const { open } = world(VISITS);
    const of = async (filter: StatsQuestion['filter']) =>
      (await (await open({ range: ALL, filter })).totals()).visits;
    expect(await of({ page: '/a', country: 'FR' })).toBe(2);
    expect(await of({ page: '/a', country: 'FR', referrer: 'news.example' })).toBe(1);
    expect(await of({ country: 'Atlantis' })).toBe(0);
    expect(await of({ page: '/nowhere' })).toBe(0);
  });

  test('say who bounced where the filter leaves all visits of a visitor or none', async () => {
    const { open } = world(VISITS);
    const of = async (question: Asked) => (await (await open(question)).totals()).bounces;
    expect(await of({ range: ALL, filter: { country: 'DE' } })).toBe(1);
    expect(await of({ range: ALL, filter: { page: '/a' } })).toBeNull();
    expect(await of({ range: ALL, filter: { country: 'DE', referrer: 'news.example' } })).toBeNull();
    expect(await of({ range: { preset: 'LAST_24_HOURS' } })).toBeNull();
  });
});

describe('a series', () => {
  test('has the days between, and none that have not come', async () => {
    const view = await world([{ at: '2024-02-28' }, { at: '2024-03-01' }]).open({
      range: { from: '2024-02-27', to: '2024-03-31' },
    });
    const points = await view.series('DAY');
    expect(visitsOf(points)).toEqual([0, 1, 0, 1]);
    expect(startsOf(points)).toEqual([
      '2024-02-26T23:00:00.000Z',
      '2024-02-27T23:00:00.000Z',
      '2024-02-28T23:00:00.000Z',
      '2024-02-29T23:00:00.000Z',
    ]);
  });

  test('of today has the hours so far', async () => {
    const points = await (await world(VISITS).open({ range: { preset: 'TODAY' } })).series();
    expect(visitsOf(points)).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1]);
  });

  test.each<[Interval, number]>([
    ['HOUR', 2 * 24 + 15],
    ['DAY', 3],
    ['WEEK', 1],
    ['MONTH', 2],
  ])('of %s has %d points that add up to the totals', async (interval, expected) => {
    const points = await (await world(VISITS).open({ range: ALL })).series(interval);
    const sum = (name: 'visits' | 'views' | 'spentSeconds') =>
      points.reduce((total, { figures }) => total + figures[name], 0);
    expect([points.length, sum('visits'), sum('views'), sum('spentSeconds')]).toEqual([expected, 7, 8, 180]);
  });

  test('has minutes, up to the present one', async () => {
    const points = await (await world(VISITS).open({ range: { preset: 'TODAY' } })).series('MINUTE');
    expect(points).toHaveLength(14 * 60 + 21);
    expect(visitsOf(points)[14 * 60 + 10]).toBe(1);
  });

  test('has a visitor of two hours in both, and on its day once', async () => {
    const view = await world(VISITS).open({ range: { preset: 'TODAY' } });
    const visitors = async (interval: Interval) =>
      (await view.series(interval)).map(({ figures }) => figures.visitors).filter((count) => count > 0);
    expect(await visitors('HOUR')).toEqual([1, 1]);
    expect(await visitors('DAY')).toEqual([1]);
  });

  test('says who bounced on days, and not in hours', async () => {
    const view = await world(VISITS).open({ range: ALL });
    expect((await view.series('DAY')).map(({ figures }) => figures.bounces)).toEqual([1, 1, 0]);
    expect((await view.series('HOUR')).every(({ figures }) => figures.bounces === null)).toBe(true);
  });

  test('of 24 hours is cut by the clock', async () => {
    const view = await world(VISITS).open({ range: { preset: 'LAST_24_HOURS' } });
    const points = await view.series();
    expect(points).toHaveLength(24);
    expect([startsOf(points)[0], startsOf(points)[23]]).toEqual([
      '2024-02-29T14:00:00.000Z',
      '2024-03-01T13:00:00.000Z',
    ]);
    expect(visitsOf(points).at(-1)).toBe(1);
  });

  test('follows the filter', async () => {
    const view = await world(VISITS).open({ range: ALL, filter: { page: '/a' } });
    expect(visitsOf(await view.series('DAY'))).toEqual([2, 2, 1]);
  });

  test('of too many parts is refused', async () => {
    const view = await world([]).open({ range: { from: '2023-01-01' } });
    await expect(view.series('MINUTE')).rejects.toMatchObject({
      code: 'INVALID_ARGUMENT',
      message: expect.stringContaining('interval'),
    });
  });
});

describe('a comparison', () => {
  test('has its own range and totals, and the change from them', async () => {
    const view = await world(VISITS).open({ range: { preset: 'YESTERDAY' } });
    const before = view.comparison('PREVIOUS_PERIOD');
    expect(before && formatDay(before.range.firstDay)).toBe('2024-02-28');
    expect(await before?.totals()).toMatchObject({ visits: 3, visitors: 2, bounces: 1, spentSeconds: 60 });
    expect(await before?.change()).toMatchObject({
      visits: -1 / 3,
      visitors: -0.5,
      bounces: 0,
      pixelViews: null,
      spentSeconds: -0.5,
    });
  });

  test('with the year before looks at the same dates', async () => {
    const view = await world([{ at: '2023-02-28' }, ...VISITS]).open({ range: ALL });
    expect((await view.comparison('YEAR_BEFORE')?.totals())?.visits).toBe(1);
  });

  test('is cut as the range that was asked for, whatever its own length', async () => {
    const view = await world(VISITS).open({ range: { from: '2024-02-28', to: '2024-02-29' } });
    expect(await view.series()).toHaveLength(48);
    expect(await view.comparison('PREVIOUS_PERIOD')?.series()).toHaveLength(48);
    expect(await view.comparison('PREVIOUS_PERIOD')?.series('DAY')).toHaveLength(2);
  });

  test('follows the filter', async () => {
    const view = await world(VISITS).open({ range: { preset: 'YESTERDAY' }, filter: { page: '/b' } });
    expect((await view.comparison('PREVIOUS_PERIOD')?.totals())?.visits).toBe(1);
  });

  test('is none for all time', async () => {
    const view = await world(VISITS).open({ range: { preset: 'ALL_TIME' } });
    expect(view.comparison('PREVIOUS_PERIOD')).toBeNull();
    expect(view.comparison('YEAR_BEFORE')).toBeNull();
  });
});

describe('a list of top values', () => {
  const values = ({ entries }: TopPage) => entries.map(({ value, figures }) => [value, figures.visits]);

  async function top(list: TopList, question: Asked = { range: ALL }) {
    return (await world(VISITS).open(question)).top(list);
  }

  test('has most visits first, and what has as many by its characters', async () => {
    expect(values(await top({ dimension: 'page' }))).toEqual([
      ['/a', 5],
      ['/b', 1],
      ['/c', 1],
    ]);
    expect(values(await top({ dimension: 'referrer' }))).toEqual([
      ['news.example', 2],
      ['search.example', 1],
    ]);
    expect(values(await top({ dimension: 'entryPage' }))).toEqual([
      ['/a', 3],
      ['/c', 1],
    ]);
  });

  test.each<[TopOrder, string[]]>([
    ['visitors', ['/a', '/b', '/c']],
    ['pixelViews', ['/b', '/a', '/c']],
    ['spentSeconds', ['/c', '/a', '/b']],
    ['averageSeconds', ['/c', '/a', '/b']],
  ])('can be ordered by %s', async (orderBy, expected) => {
    const { entries } = await top({ dimension: 'page', orderBy });
    expect(entries.map(({ value }) => value)).toEqual(expected);
  });

  test.each<[TopOrder, (number | null)[]]>([
    ['visits', [5 / 7, 1 / 7, 1 / 7]],
    ['visitors', [4 / 4, 1 / 4, 1 / 4]],
    ['pixelViews', [1, 0, 0]],
    ['spentSeconds', [90 / 180, 70 / 180, 20 / 180]],
    ['averageSeconds', [null, null, null]],
  ])('says what part of all %s each value has', async (orderBy, expected) => {
    const { entries } = await top({ dimension: 'page', orderBy });
    expect(await Promise.all(entries.map((entry) => entry.share()))).toEqual(expected);
  });

  test('says parts of what the filter leaves, also to who searches', async () => {
    const { entries } = await top(
      { dimension: 'referrer', search: 'NEWS' },
      { range: ALL, filter: { page: '/a' } },
    );
    expect(values({ entries, hasNextPage: false, hasPreviousPage: false })).toEqual([['news.example', 2]]);
    expect(await entries[0]?.share()).toBe(2 / 5);
  });

  test('says no parts of nothing', async () => {
    const { entries } = await top(
      { dimension: 'page', orderBy: 'pixelViews' },
      { range: { preset: 'TODAY' } },
    );
    expect(await Promise.all(entries.map((entry) => entry.share()))).toEqual([null, null]);
  });

  test('says who bounced where values are the same for all visits of a visitor', async () => {
    const countries = await top({ dimension: 'country' });
    expect(countries.entries.map(({ value, figures }) => [value, figures.bounces])).toEqual([
      ['DE', 1],
      ['FR', 1],
    ]);
    const pages = await top({ dimension: 'page' });
    expect(pages.entries.map(({ figures }) => figures.bounces)).toEqual([null, null, null]);
  });

  test('is read part by part, each value once', async () => {
    for (const orderBy of ['visits', 'averageSeconds'] as const) {
      const view = await world(VISITS).open({ range: ALL });
      const whole = (await view.top({ dimension: 'page', orderBy })).entries.map(({ value }) => value);
      const read: string[] = [];
      let part = await view.top({ dimension: 'page', orderBy, first: 1 });
      expect(part.hasPreviousPage).toBe(false);
      read.push(...part.entries.map(({ value }) => value));
      while (part.hasNextPage) {
        part = await view.top({ dimension: 'page', orderBy, first: 1, after: part.entries[0]?.cursor });
        expect(part.hasPreviousPage).toBe(true);
        read.push(...part.entries.map(({ value }) => value));
      }
      expect(read).toEqual(whole);
    }
  });

  test('has 10 values where nothing else is asked for, and says that there are more', async () => {
    const many = Array.from({ length: 11 }, (_, index) => ({ at: '2024-03-01', page: `/${index}` }));
    const page = await (await world(many).open()).top({ dimension: 'page' });
    expect([page.entries.length, page.hasNextPage]).toEqual([10, true]);
  });

  test.each<[Partial<TopList>, string]>([
    [{ first: 0 }, 'first is 0; it must be from 1 to 1000.'],
    [{ first: -1 }, 'first is -1;'],
    [{ first: MAX_TOP + 1 }, 'first is 1001;'],
    [{ first: 1.5 }, 'first is 1.5;'],
    [{ search: 'x'.repeat(201) }, 'search is 201 characters long; 200 are the most.'],
    [{ search: '\u0000' }, 'search is "\\u0000"; it must not have control characters.'],
    [{ after: 'nonsense' }, 'after is "nonsense"; it must be a cursor of this list.'],
  ])('refuses %j', async (list, message) => {
    await expect(top({ dimension: 'page', ...list })).rejects.toMatchObject({
      code: 'INVALID_ARGUMENT',
      message: expect.stringContaining(message),
    });
  });
});

describe('hits that were kept out', () => {
  const on = (date: string, reason: FilteredHits['reason'], hits: number): FilteredHits => {
    const day = parseDay(date);
    if (day === null) throw new Error(`${date} is no date`);
    return { day, reason, hits };
  };
  const filtered = [
    on('2024-03-01', 'crawler', 5),
    on('2024-02-29', 'crawler', 3),
    on('2024-02-29', 'prefetch', 9),
    on('2024-02-28', 'headless', 1),
  ];

  test('are told by reason and day, each reason with what it has', async () => {
    const view = await world([], { filtered }).open({ range: { from: '2024-02-29' } });
    const hits = await view.filteredHits();
    expect(hits.map((one) => [one.reason, one.hits])).toEqual([
      ['prefetch', 9],
      ['crawler', 8],
      ['headless', 0],
      ['prerender', 0],
      ['contradiction', 0],
    ]);
    expect(hits[1]?.days.map(({ day, hits: count }) => [formatDay(day), count])).toEqual([
      ['2024-02-29', 3],
      ['2024-03-01', 5],
    ]);
  });

  test('are those of whole days, whatever the filter', async () => {
    const view = await world([], { filtered }).open({
      range: { preset: 'LAST_24_HOURS' },
      filter: { page: '/a' },
    });
    expect((await view.filteredHits()).reduce((sum, { hits }) => sum + hits, 0)).toBe(17);
  });
});

test('only what is asked for is read, and that once', async () => {
  const { calls, open } = world(VISITS);
  const view = await open({ range: ALL });
  expect(calls).toEqual([]);
  const { entries } = await view.top({ dimension: 'page' });
  expect(calls).toEqual(['top']);
  await Promise.all(entries.map((entry) => entry.share()));
  await Promise.all([view.totals(), view.totals()]);
  expect(calls).toEqual(['top', 'totals']);
  const comparison = view.comparison('PREVIOUS_PERIOD');
  await Promise.all([comparison?.totals(), comparison?.change()]);
  expect(calls).toEqual(['top', 'totals', 'totals']);
  await view.series('DAY');
  await view.series('HOUR');
  expect(calls.slice(3)).toEqual(['daily', 'between']);
});

test.each<[Asked, string, string]>([
  [{ site: 'shop' }, 'SITE_NOT_FOUND', ''],
  [{ range: { from: '2024-02-30' } }, 'INVALID_ARGUMENT', 'range.from'],
  [{ range: { from: '2024-02-01', to: '2024-01-01' } }, 'INVALID_ARGUMENT', 'range.from'],
  [{ range: { from: '2024-02-01', to: '9999-01-01' } }, 'INVALID_ARGUMENT', 'range.to'],
  [{ range: { preset: 'TODAY', from: '2024-02-01' } }, 'INVALID_ARGUMENT', 'range.preset'],
  [{ filter: { page: 'a' } }, 'INVALID_PATH', 'filter.page'],
  [{ filter: { browser: '' } }, 'INVALID_ARGUMENT', 'filter.browser'],
])('%j is refused with %s', async (question, code, name) => {
  await expect(world([]).open(question)).rejects.toMatchObject({
    code,
    message: expect.stringContaining(name),
  });
});
