import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { RecentVisit } from '../statistics/figures.ts';
import { START } from '../world.testing.ts';
import { isEmpty, LIVE_MINUTES, MAX_LIVE_PAGES, nextTurn, presentsOf, STAY_MS, topPages } from './present.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
// Twenty seconds into a minute.
const NOW = START + 20 * SECOND;

/** A visit that was registered just now, and whose page is still open. */
function visit(changes: Partial<RecentVisit> = {}): RecentVisit {
  return { path: '/a', registeredAt: NOW, pixel: false, visitor: 7, spentSeconds: null, ...changes };
}

const ago = (milliseconds: number) => ({ registeredAt: NOW - milliseconds });

describe('here now', () => {
  test.each<[string, RecentVisit[], Record<string, number>]>([
    ['nobody, where nothing was', [], {}],
    ['the visitor of a visit that counted', [visit()], { '/a': 1 }],
    ['nobody, once the page reported on leaving', [visit({ spentSeconds: 20 })], {}],
    ['nobody, once it reported on leaving at once', [visit({ spentSeconds: 0 })], {}],
    ['somebody, until 30 minutes after the registration', [visit(ago(30 * MINUTE - 1))], { '/a': 1 }],
    ['nobody, 30 minutes after it', [visit(ago(30 * MINUTE))], {}],
    ['nobody, where a picture was loaded', [visit({ pixel: true, visitor: 0 })], {}],
    ['two visitors on one page', [visit(), visit({ visitor: 8 })], { '/a': 2 }],
    [
      'one visitor with two open pages, on the newest',
      [visit(ago(2 * MINUTE)), visit({ path: '/b' })],
      { '/b': 1 },
    ],
    ['one visitor who opened a page twice', [visit(ago(2 * MINUTE)), visit()], { '/a': 1 }],
    [
      'a visitor who left the newest page, on the one that is open',
      [visit(ago(2 * MINUTE)), visit({ path: '/b', spentSeconds: 5 })],
      { '/a': 1 },
    ],
    [
      'a visitor whose newest visit is over, nowhere',
      [visit({ ...ago(31 * MINUTE), path: '/b' }), visit(ago(30 * MINUTE))],
      {},
    ],
    [
      'as many as there are visits that have no pseudonym',
      [visit({ visitor: 0 }), visit({ visitor: 0 }), visit({ visitor: 0, path: '/b' })],
      { '/a': 2, '/b': 1 },
    ],
    [
      'somebody whose registration another clock dates a little ahead',
      [visit(ago(-3 * SECOND))],
      { '/a': 1 },
    ],
  ])('is %s', (_who, visits, expected) => {
    const present = presentsOf(visits, NOW);
    const pages = Object.fromEntries(present(null).pages.map(({ path, visitors }) => [path, visitors]));
    expect(pages).toEqual(expected);
    expect(present(null).visitors).toBe(Object.values(expected).reduce((sum, visitors) => sum + visitors, 0));
    for (const path of ['/a', '/b']) {
      const visitors = expected[path] ?? 0;
      expect(present(path)).toMatchObject({ visitors, pages: visitors > 0 ? [{ path, visitors }] : [] });
    }
  });

  test('is told of pages with the most visitors first, then by path', () => {
    const paths = ['/c', '/b', '/c', '/a', '/d', '/c', '/d'];
    const visits = paths.map((path, visitor) => visit({ path, visitor: visitor + 1 }));
    const { pages } = presentsOf(visits, NOW)(null);
    expect(pages.map(({ path, visitors }) => `${path} ${visitors}`)).toEqual([
      '/c 3',
      '/d 2',
      '/a 1',
      '/b 1',
    ]);
  });

  test('is told of so many pages as are asked for', () => {
    const visits = Array.from({ length: 12 }, (_, index) => visit({ path: `/${index}`, visitor: index + 1 }));
    const present = presentsOf(visits, NOW)(null);
    expect(topPages(present, 1).map(({ path }) => path)).toEqual(['/0']);
    expect(topPages(present, MAX_LIVE_PAGES)).toHaveLength(12);
  });

  test.each([0, -1, MAX_LIVE_PAGES + 1, 1.5])('refuses to tell of %s pages', (first) => {
    expect(() => topPages(presentsOf([], NOW)(null), first)).toThrow(
      `first is ${first}; it must be from 1 to 1000.`,
    );
  });
});

describe('the last minutes', () => {
  test('are 30 of the clock, the present one last, with those in which nothing was', () => {
    const { at, minutes } = presentsOf([], NOW)(null);
    expect(at).toBe(NOW);
    expect(minutes).toHaveLength(30);
    expect(minutes.at(0)).toEqual({ start: START - 29 * MINUTE, visits: 0, pixelViews: 0 });
    expect(minutes.at(-1)).toEqual({ start: START, visits: 0, pixelViews: 0 });
  });

  test.each<[string, number, number | null]>([
    ['the present one', 0, 29],
    ['the present one, from its first millisecond', 20 * SECOND, 29],
    ['the one before, to its last millisecond', 20 * SECOND + 1, 28],
    ['the first one, from its first millisecond', 29 * MINUTE + 20 * SECOND, 0],
    ['none, when its own is no longer among them', 29 * MINUTE + 20 * SECOND + 1, null],
    ['none yet, when another clock has begun a minute that is to come', -40 * SECOND, null],
  ])('have a visit in %s', (_which, before, index) => {
    const { minutes } = presentsOf([visit(ago(before))], NOW)(null);
    expect(minutes.findIndex(({ visits }) => visits === 1)).toBe(index ?? -1);
    expect(minutes.filter(({ visits }) => visits > 0)).toHaveLength(index === null ? 0 : 1);
  });

  test('tell visits from pixel views, and have those of the page only where it is of a page', () => {
    const visits = [
      visit({ spentSeconds: 12 }),
      visit({ path: '/b' }),
      visit({ path: '/b', pixel: true, visitor: 0 }),
    ];
    const present = presentsOf(visits, NOW);
    expect(present(null).minutes.at(-1)).toMatchObject({ visits: 2, pixelViews: 1 });
    expect(present('/a').minutes.at(-1)).toMatchObject({ visits: 1, pixelViews: 0 });
    expect(present('/b').minutes.at(-1)).toMatchObject({ visits: 1, pixelViews: 1 });
    expect(present('/c').minutes).toEqual(presentsOf([], NOW)(null).minutes);
  });
});

describe('by the passing of time', () => {
  test.each<[string, RecentVisit[], number | null]>([
    ['nothing turns where nothing is', [], null],
    ['the minute turns where somebody is', [visit()], START + MINUTE],
    ['the minute turns where something was', [visit({ spentSeconds: 3 })], START + MINUTE],
    ['the minute turns where a picture was loaded', [visit({ pixel: true })], START + MINUTE],
    ['somebody drops out before that', [visit(ago(29 * MINUTE + 50 * SECOND)), visit()], NOW + 10 * SECOND],
    ['the minute turns before somebody drops out', [visit(ago(29 * MINUTE))], START + MINUTE],
    ['nothing turns where what was is over', [visit({ ...ago(29.5 * MINUTE), spentSeconds: 3 })], null],
  ])('%s', (_what, visits, expected) => {
    expect(nextTurn(visits, NOW)).toBe(expected);
  });
});

const someVisits = fc
  .array(
    fc.record({
      path: fc.constantFrom('/a', '/b', '/c'),
      registeredAt: fc.integer({ min: NOW - 32 * MINUTE, max: NOW + 5 * SECOND }),
      pixel: fc.boolean(),
      visitor: fc.nat({ max: 3 }),
      spentSeconds: fc.option(fc.nat({ max: 9 }), { nil: null }),
    }),
    { maxLength: 20 },
  )
  .map((visits) => visits.sort((a, b) => a.registeredAt - b.registeredAt));

test('the pages add up to the site, whatever was', () => {
  fc.assert(
    fc.property(someVisits, (visits) => {
      const present = presentsOf(visits, NOW);
      const site = present(null);
      const pages = ['/a', '/b', '/c'].map(present);
      const sum = (figures: readonly number[]) => figures.reduce((total, figure) => total + figure, 0);
      expect(sum(pages.map(({ visitors }) => visitors))).toBe(site.visitors);
      expect(site.pages).toHaveLength(pages.filter(({ visitors }) => visitors > 0).length);
      for (let index = 0; index < LIVE_MINUTES; index += 1) {
        expect(sum(pages.map(({ minutes }) => minutes[index]?.visits ?? 0))).toBe(
          site.minutes[index]?.visits,
        );
      }
    }),
  );
});

test('until the next turn nothing changes but for visits, and nothing is left where there is none', () => {
  fc.assert(
    fc.property(someVisits, fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }), (visits, part) => {
      const turn = nextTurn(visits, NOW);
      const later = NOW + Math.floor(part * ((turn ?? NOW + 2 * STAY_MS) - NOW));
      const [now, then] = [presentsOf(visits, NOW)(null), presentsOf(visits, later)(null)];
      if (turn === null) expect([isEmpty(now), isEmpty(then)]).toEqual([true, true]);
      else expect({ ...then, at: NOW }).toEqual(now);
    }),
  );
});
