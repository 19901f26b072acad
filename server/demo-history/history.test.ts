import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Day, dayOf, parseDay, startOfDay } from '../domain/day.ts';
import { campaignOf } from '../domain/dimensions/campaign.ts';
import { countryOf } from '../domain/dimensions/country.ts';
import { TRAITS } from '../domain/dimensions/dimension.ts';
import { languageOf } from '../domain/dimensions/language.ts';
import { normaliseReferrer } from '../domain/dimensions/referrer.ts';
import {
  BROWSER_PATTERNS,
  BROWSERS,
  DEVICE_PATTERNS,
  DEVICES,
  SYSTEM_PATTERNS,
  SYSTEMS,
} from '../domain/dimensions/user-agent-names.ts';
import { filterReasons } from '../domain/filter-reason.ts';
import { normalisePath } from '../domain/path.ts';
import { ZONES } from '../domain/statistics/zones.testing.ts';
import type { HistoryEvent, HistoryView } from './events.ts';
import { generateHistory, type HistoryOptions } from './history.ts';

const UNTIL = parseDay('2024-12-31') ?? 0;
const YEAR: HistoryOptions = {
  seed: 7,
  visits: 25_000,
  pages: 300,
  days: 365,
  until: UNTIL,
  timeZone: 'UTC',
  minDelaySecs: 19,
  visitorDays: 7,
};

const generate = (more: Partial<HistoryOptions> = {}) => generateHistory({ ...YEAR, ...more });
const eventsOf = (more: Partial<HistoryOptions> = {}) => [...generate(more).events];
const isView = (event: HistoryEvent): event is HistoryView => event.kind !== 'filtered';
const timeOf = (event: HistoryEvent) => (isView(event) ? event.registeredAt : event.at);

const history = generate();
const events = [...history.events];
const visits = events.filter(isView).filter(({ kind }) => kind === 'visit');
const pixelViews = events.filter(isView).filter(({ kind }) => kind === 'pixel');
const filtered = events.filter((event) => !isView(event));

function countBy<T, K>(things: readonly T[], keyOf: (thing: T) => K): Map<K, number> {
  const counts = new Map<K, number>();
  for (const thing of things) counts.set(keyOf(thing), (counts.get(keyOf(thing)) ?? 0) + 1);
  return counts;
}

/** Most first. */
const ranked = <K>(counts: ReadonlyMap<K, number>) => [...counts].sort(([, a], [, b]) => b - a);
const share = <T>(things: readonly T[], is: (thing: T) => boolean) =>
  things.filter(is).length / things.length;
const average = (numbers: readonly number[]) =>
  numbers.reduce((sum, number) => sum + number, 0) / numbers.length;

describe('a history', () => {
  test('is the same again for the same options', () => {
    const options = { visits: 500, days: 40 };
    expect(eventsOf(options)).toEqual(eventsOf(options));
  });

  test.each([
    { seed: 8 },
    { visits: 501 },
    { days: 41 },
    { until: UNTIL - 1 },
    { pages: 299 },
  ])('is another for %o', (other) => {
    const options = { visits: 500, days: 40 };
    expect(eventsOf({ ...options, ...other })).not.toEqual(eventsOf(options));
  });

  test('has exactly as many visits as it is to have, and some pixel views more, in order, each another', () => {
    const options = fc.record({
      seed: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
      visits: fc.integer({ min: 1, max: 800 }),
      days: fc.integer({ min: 1, max: 400 }),
      pages: fc.integer({ min: 1, max: 200 }),
      until: fc.integer({ min: 400, max: 30_000 }),
      timeZone: fc.constantFrom(...ZONES),
      minDelaySecs: fc.constantFrom(0, 19, 5_000),
      visitorDays: fc.constantFrom(1, 7),
    });
    fc.assert(
      fc.property(options, (given) => {
        const { first, last, pages, events: all } = generateHistory(given);
        const happened = [...all];
        const views = happened.filter(isView);
        expect([last, last - first + 1, pages.length]).toEqual([given.until, given.days, given.pages]);
        expect(views.filter(({ kind }) => kind === 'visit')).toHaveLength(given.visits);
        expect(views.filter(({ kind }) => kind === 'pixel')).toHaveLength(Math.floor(0.03 * given.visits));
        expect(happened.map(timeOf)).toEqual(happened.map(timeOf).sort((a, b) => a - b));
        expect(new Set(views.map(({ registeredAt, nonce }) => `${registeredAt} ${nonce}`)).size).toBe(
          views.length,
        );
        const [from, to] = [startOfDay(first, given.timeZone), startOfDay(last + 1, given.timeZone)];
        expect(timeOf(happened[0] as HistoryEvent)).toBeGreaterThanOrEqual(from);
        expect(timeOf(happened.at(-1) as HistoryEvent)).toBeLessThan(to);
        const wrong = views.filter(
          ({ visitor, registeredAt }) => visitor && visitor.day !== dayOf(registeredAt, given.timeZone),
        );
        expect(wrong).toEqual([]);
      }),
      { numRuns: 20 },
    );
  });

  test('begins at once, however long it is', () => {
    const { events: all } = generate({ visits: 100_000_000 });
    const first: HistoryEvent[] = [];
    for (const event of all) {
      first.push(event);
      if (first.length === 1_000) break;
    }
    expect(first).toHaveLength(1_000);
  });

  test('has nonces of 48 bits', () => {
    const nonces = visits.map(({ nonce }) => nonce);
    expect(nonces.every((nonce) => Number.isSafeInteger(nonce) && nonce >= 0 && nonce < 2 ** 48)).toBe(true);
    expect(new Set(nonces.map((nonce) => Math.floor(nonce / 2 ** 24))).size).toBeGreaterThan(24_000);
  });
});

describe('its times', () => {
  const byHour = countBy(visits, ({ registeredAt }) => new Date(registeredAt).getUTCHours());
  const within = (from: number, to: number) =>
    Array.from({ length: to - from }, (_, index) => byHour.get(from + index) ?? 0);
  const byDay = countBy(visits, ({ registeredAt }) => dayOf(registeredAt, 'UTC'));
  const visitsOn = (day: Day) => byDay.get(day) ?? 0;
  const days = Array.from({ length: YEAR.days }, (_, index) => history.first + index);

  test('have quiet nights, and two humps a day', () => {
    expect(Math.max(...within(1, 5))).toBeLessThan(Math.min(...within(8, 22)) / 3);
    expect(Math.max(...within(9, 12))).toBeGreaterThan(average(within(17, 19)) * 1.05);
    expect(Math.max(...within(19, 22))).toBeGreaterThan(average(within(17, 19)) * 1.05);
  });

  test('have quiet weekends', () => {
    const weekday = (day: Day) => new Date(day * 86_400_000).getUTCDay();
    const on = (...wanted: number[]) =>
      average(days.filter((day) => wanted.includes(weekday(day))).map(visitsOn));
    expect(on(0, 6)).toBeLessThan(on(2, 3, 4) * 0.75);
    expect(on(0, 6)).toBeGreaterThan(on(2, 3, 4) * 0.5);
  });

  test('grow slowly over the year', () => {
    const quarter = (index: number) => average(days.slice(index * 90, index * 90 + 90).map(visitsOn));
    expect(quarter(3) / quarter(0)).toBeGreaterThan(1.15);
    expect(quarter(3) / quarter(0)).toBeLessThan(2);
  });

  test('have days on which a link brings many to one page, for two days', () => {
    const [[busiest = 0, most = 0] = []] = ranked(byDay);
    const usual = average(days.map(visitsOn));
    expect(most).toBeGreaterThan(1.8 * usual);
    const onIt = visits.filter(({ registeredAt }) => dayOf(registeredAt, 'UTC') === busiest);
    const [[link = '', brought = 0] = []] = ranked(
      countBy(
        onIt.filter(({ traits }) => traits.referrer !== null),
        ({ traits, path }) => `${traits.referrer} ${path}`,
      ),
    );
    expect(brought / onIt.length).toBeGreaterThan(0.2);
    const byLink = (day: Day) =>
      visits.filter(
        ({ traits, path, registeredAt }) =>
          `${traits.referrer} ${path}` === link && dayOf(registeredAt, 'UTC') === day,
      ).length;
    expect(byLink(busiest + 1)).toBeLessThan(brought);
    expect(byLink(busiest + 3)).toBeLessThan(brought / 10);
  });
});

describe('its pages', () => {
  const byPath = ranked(countBy(visits, ({ path }) => path));

  test('are read as pages are: the first most, most of them seldom', () => {
    const shares = byPath.map(([, count]) => count / visits.length);
    const top = (count: number) => shares.slice(0, count).reduce((sum, one) => sum + one, 0);
    expect(byPath[0]?.[0]).toBe('/');
    expect(top(1)).toBeGreaterThan(0.1);
    expect(top(1)).toBeLessThan(0.25);
    expect(top(10)).toBeGreaterThan(0.25);
    expect(top(10)).toBeLessThan(0.6);
    expect(top(100)).toBeGreaterThan(0.65);
  });

  test('have paths that are those of pages already, posts and documentation among them', () => {
    const paths = history.pages.map(({ path }) => path);
    expect(new Set(paths).size).toBe(YEAR.pages);
    expect(paths.map((path) => normalisePath(path).page)).toEqual(paths);
    expect(paths).toContain('/about');
    for (const folder of ['/posts/', '/docs/']) {
      expect(share(paths, (path) => path.startsWith(folder))).toBeGreaterThan(0.15);
    }
  });

  test('appear in the course of the year, and are not read before', () => {
    const addedAt = new Map(history.pages.map((page) => [page.path, page.addedAt]));
    expect(share([...addedAt.values()], (at) => at > startOfDay(history.first, 'UTC'))).toBeGreaterThan(0.3);
    const tooEarly = events
      .filter(isView)
      .filter(({ path, registeredAt }) => registeredAt < (addedAt.get(path) ?? Number.POSITIVE_INFINITY));
    expect(tooEarly).toEqual([]);
  });

  test.each([1, 2, 3])('can be as few as %d', (pages) => {
    const few = generate({ pages, visits: 500 });
    expect(new Set([...few.events].filter(isView).map(({ path }) => path)).size).toBe(pages);
  });
});

describe('its readers', () => {
  const entries = visits.filter(({ traits }) => traits.referrer !== null || traits.campaign !== null);
  const of = (trait: (typeof TRAITS)[number], value: string | null) =>
    visits.filter(({ traits }) => traits[trait] === value);

  test('have traits that are values of the dimensions', () => {
    const names = (known: ReadonlyMap<string, string>, patterns: typeof BROWSER_PATTERNS) =>
      new Set([...known.values(), ...patterns.map(([, name]) => name)]);
    const browsers = names(BROWSERS, BROWSER_PATTERNS);
    const systems = names(SYSTEMS, SYSTEM_PATTERNS);
    const devices = names(DEVICES, DEVICE_PATTERNS);
    const linkOf = (campaign: string) => {
      const [source = '', medium, name] = campaign.split(' / ').map(encodeURIComponent);
      return name === undefined
        ? `ref=${source}`
        : `utm_source=${source}&utm_medium=${medium}&utm_campaign=${name}`;
    };
    const valid = {
      referrer: (host: string) => normaliseReferrer(`https://${host}/`, ['https://sample.example']) === host,
      campaign: (name: string) => campaignOf(linkOf(name)) === name,
      country: (code: string) => countryOf(code) === code,
      browser: (name: string) => browsers.has(name),
      system: (name: string) => systems.has(name),
      device: (name: string) => devices.has(name),
      language: (code: string) => languageOf(code) === code,
    };
    for (const trait of TRAITS) {
      const values = new Set(events.filter(isView).map(({ traits }) => traits[trait]));
      expect([...values].filter((value) => value !== null && !valid[trait](value))).toEqual([]);
      expect(values.has(null)).toBe(true);
      expect(values.size).toBeGreaterThan(3);
    }
    for (const { traits } of visits.slice(0, 100)) expect(Object.keys(traits)).toEqual([...TRAITS]);
  });

  test('have traits that go together', () => {
    const inGerman = of('language', 'de');
    const fromDach = ['DE', 'AT', 'CH', 'LI', null];
    expect(share(inGerman, ({ traits }) => fromDach.includes(traits.country))).toBeGreaterThan(0.9);
    expect(share(of('country', 'DE'), ({ traits }) => traits.language === 'de')).toBeGreaterThan(0.75);
    expect(share(of('system', 'iOS'), ({ traits }) => traits.browser === 'Safari')).toBeGreaterThan(0.7);
    expect(of('system', 'iOS').every(({ traits }) => traits.device === 'mobile')).toBe(true);
    expect(of('browser', 'Safari').some(({ traits }) => traits.system === 'Windows')).toBe(false);
    expect(of('browser', 'Yandex Browser').every(({ traits }) => traits.country === 'RU')).toBe(true);
    const mobile = share(visits, ({ traits }) => traits.device === 'mobile');
    expect(mobile).toBeGreaterThan(0.35);
    expect(mobile).toBeLessThan(0.6);
  });

  test('come by search engines and others, and many by no link', () => {
    const byReferrer = ranked(countBy(entries, ({ traits }) => traits.referrer));
    expect(byReferrer[0]?.[0]).toBe('google.com');
    expect(byReferrer.length).toBeGreaterThan(100);
    // Half of the sessions, and a session has two views.
    const linked = share(visits, ({ traits }) => traits.referrer !== null);
    expect(linked).toBeGreaterThan(0.18);
    expect(linked).toBeLessThan(0.35);
  });

  test('come by campaigns while these last', () => {
    const byCampaign = countBy(visits, ({ traits }) => traits.campaign);
    expect(byCampaign.size).toBeGreaterThan(12);
    const newsletters = visits.filter(({ traits }) => traits.campaign?.startsWith('newsletter'));
    expect(
      share(newsletters, ({ traits }) => traits.campaign === 'newsletter / email / 2024-03'),
    ).toBeGreaterThan(0);
    const atOtherTimes = newsletters.filter(({ traits, registeredAt }) => {
      const month = traits.campaign?.slice(-'2024-03'.length);
      const date = new Date(registeredAt).toISOString().slice(0, 10);
      return !['09', '10', '11', '12'].some((day) => date === `${month}-${day}`);
    });
    expect(atOtherTimes).toEqual([]);
  });

  test('read several pages, of which a link led to the first', () => {
    const bySession = new Map<unknown, HistoryView[]>();
    for (const visit of visits) {
      if (visit.visitor) bySession.set(visit.visitor, [...(bySession.get(visit.visitor) ?? []), visit]);
    }
    const sessions = [...bySession.values()];
    expect(average(sessions.map(({ length }) => length))).toBeGreaterThan(1.7);
    expect(average(sessions.map(({ length }) => length))).toBeLessThan(2.5);
    expect(share(sessions, ({ length }) => length === 1)).toBeGreaterThan(0.4);
    const later = sessions.flatMap((session) => session.slice(1));
    expect(share(later, ({ traits }) => traits.referrer !== null)).toBeLessThan(0.03);
    const elsewhere = sessions.flatMap((session) =>
      session.slice(1).map(({ path }, index) => path !== session[index]?.path),
    );
    expect(share(elsewhere, (is) => is)).toBeGreaterThan(0.97);
  });

  test('return within a week, some of them', () => {
    const returning = share(visits, ({ visitor }) => visitor !== null && visitor.earlier.length > 0);
    expect(returning).toBeGreaterThan(0.08);
    expect(returning).toBeLessThan(0.4);
    // By a name that was theirs, on one of the six days before.
    const names = new Set(visits.map(({ visitor }) => `${visitor?.day} ${visitor?.pseudonym}`));
    const earlier = visits.flatMap(({ visitor }) =>
      (visitor?.earlier ?? []).map((one) => ({ ...one, ago: (visitor?.day ?? 0) - one.day })),
    );
    expect(
      earlier.filter(({ day, pseudonym, ago }) => !names.has(`${day} ${pseudonym}`) || ago < 1 || ago > 6),
    ).toEqual([]);
  });

  test('ask not to be told apart, a few of them', () => {
    const anonymous = share(visits, ({ visitor }) => visitor === null);
    expect(anonymous).toBeGreaterThan(0.01);
    expect(anonymous).toBeLessThan(0.04);
  });

  test('stay for a while, of which most browsers tell', () => {
    const told = visits.flatMap(({ spentSeconds }) => spentSeconds ?? []);
    expect(told.length / visits.length).toBeCloseTo(0.9, 1);
    expect(told.every((seconds) => Number.isInteger(seconds) && seconds >= 19 && seconds <= 3_600)).toBe(
      true,
    );
    const [median = 0] = [...told].sort((a, b) => a - b).slice(told.length / 2);
    expect(median).toBeGreaterThan(60);
    expect(median).toBeLessThan(240);
    expect(average(told)).toBeGreaterThan(median * 1.1);
  });

  test('are not in pixel views, which say nothing of time', () => {
    expect(pixelViews).toHaveLength(750);
    expect(pixelViews.every(({ visitor, spentSeconds }) => visitor === null && spentSeconds === null)).toBe(
      true,
    );
  });
});

test('hits were kept out on most days, for every reason there is', () => {
  const reasons = countBy(filtered, (event) => (isView(event) ? null : event.reason));
  expect(new Set(reasons.keys())).toEqual(new Set(Object.keys(filterReasons)));
  const days = new Set(filtered.map((event) => dayOf(timeOf(event), 'UTC')));
  expect(days.size).toBeGreaterThan(300);
  expect(filtered.length).toBeLessThan(visits.length / 5);
});
