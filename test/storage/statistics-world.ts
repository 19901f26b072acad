import { createHash } from 'node:crypto';
import { type Day, parseDay, startOfDay } from '../../server/domain/day.ts';
import { type Dimension, NO_TRAITS, type Traits } from '../../server/domain/dimensions/dimension.ts';
import type { Storage } from '../../server/domain/ports.ts';
import type { Site } from '../../server/domain/site.ts';
import type { RecountedVisit } from '../../server/domain/statistics/recount.testing.ts';
import type { NewVisit, Visitor } from '../../server/domain/visit.ts';

/** Some of them are ordered, folded or matched by databases in ways of their own. */
export const VALUES = {
  page: ['/', '/a', '/A', '/a-b', '/a/b', '/a_b', '/a%25b', '/Z', '/z', '/%C3%A4', '/10', '/9'],
  entryPage: ['/', '/a', '/A', '/a-b', '/a/b', '/a_b', '/a%25b', '/Z', '/z', '/%C3%A4', '/10', '/9'],
  referrer: ['news.example', 'News.example', 'ä.example', 'Ä.example', '\u{ff5e}.example', '🦊.example'],
  campaign: ['spring', 'Spring', '100%', 'a_b', 'a\\b'],
  country: ['DE', 'FR', 'US', 'GB'],
  browser: ['Firefox', 'Chrome', 'Safari'],
  system: ['Linux', 'iOS'],
  device: ['desktop', 'mobile'],
  language: ['de', 'en', 'fr'],
} as const satisfies Record<Dimension, readonly string[]>;

const PEOPLE = 50;
/** Days whose salts stand, the present one included. */
const SALT_DAYS = 3;

/** Visits with all that can happen to them, some months of them, and those around the days on which clocks are set. */
export const DAYS: readonly Day[] = [
  ...daysBetween('2024-01-30', '2024-02-02'),
  ...daysBetween('2024-02-28', '2024-03-02'),
  ...daysBetween('2024-03-28', '2024-04-02'),
  ...daysBetween('2024-06-14', '2024-06-16'),
  ...daysBetween('2024-10-25', '2024-11-04'),
];

/** Numbers from 0 to 1 that are the same every time. */
export type Random = () => number;

/** Mulberry32, which is in the public domain. */
function createRandom(seed: number): Random {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/**
 * Has a site visited, as its storage is told of it: in batches, out of order within a day, some of it twice, with
 * reports on leaving some of which are of days ago.
 * @returns what was counted, in the order in which it was
 */
export async function haveVisited(storage: Storage, site: Site, seed: number): Promise<RecountedVisit[]> {
  const random = createRandom(seed);
  const counted: (NewVisit & { readonly path: string; spentSeconds: number | null })[] = [];
  const paths = new Map<number, string>();
  for (const path of VALUES.page) paths.set((await storage.addPage(site.id, path, 0)).id, path);

  for (const day of DAYS) {
    const waiting = shuffled(visitsOfDay(site, [...paths.keys()], day, random), random);
    while (waiting.length > 0) {
      const batch = waiting.splice(0, 1 + Math.floor(random() * 60));
      const replays = some(counted, 3, random);
      const leaves = some(counted, 5, random).map((visit) => ({
        visit,
        seconds: Math.floor(random() * 300),
      }));
      await Promise.all([
        ...[...batch, ...replays, ...batch.slice(0, 2)].map((visit) => storage.countVisit(visit)),
        ...leaves.map(({ visit, seconds }) => storage.reportLeave({ ...visit, seconds })),
      ]);
      for (const { visit, seconds } of leaves) {
        if (visit.kind === 'visit') visit.spentSeconds = Math.max(visit.spentSeconds ?? 0, seconds);
      }
      // What is written together counts as it was registered.
      const inOrder = batch.sort((a, b) => a.registeredAt - b.registeredAt || a.nonce - b.nonce);
      for (const visit of inOrder) {
        const path = paths.get(visit.pageId) ?? '';
        counted.push({ ...visit, path, spentSeconds: visit.spentSeconds ?? null });
      }
    }
  }
  return counted;
}

function visitsOfDay(site: Site, pages: readonly number[], day: Day, random: Random): NewVisit[] {
  const [start, end] = [startOfDay(day, site.timeZone), startOfDay(day + 1, site.timeZone)];
  const visit = (changes: Pick<NewVisit, 'visitor' | 'traits'> & Partial<NewVisit>): NewVisit => ({
    siteId: site.id,
    // The first pages are visited most.
    pageId: pages[Math.floor(random() ** 2 * pages.length)] ?? 0,
    registeredAt: momentOf(start, end, random),
    nonce: Math.floor(random() * 2 ** 48),
    kind: 'visit',
    ...changes,
  });
  const arrival = () => ({
    referrer: random() < 0.3 ? null : pick(VALUES.referrer, random),
    campaign: random() < 0.5 ? null : pick(VALUES.campaign, random),
  });
  const times = (most: number) => Array.from({ length: Math.floor(random() * (most + 1)) });

  return [
    ...Array.from({ length: PEOPLE }, (_, person) => person).flatMap((person) =>
      times(random() < 0.5 ? 0 : 5).map(() =>
        visit({
          visitor: visitorOf(site, person, day),
          // Some change their language in the middle of a day.
          traits: { ...traitsOf(person), ...arrival(), language: pick(VALUES.language, random) },
        }),
      ),
    ),
    // Those who are not to be told apart, and visits that come from elsewhere.
    ...times(15).map(() =>
      visit({ visitor: null, traits: { ...traitsOf(pick([1, 2, 3], random)), ...arrival() } }),
    ),
    ...times(5).map(() =>
      visit({ visitor: null, traits: NO_TRAITS, spentSeconds: Math.floor(random() * 100) }),
    ),
    ...times(15).map(() => visit({ kind: 'pixel', visitor: null, traits: { ...NO_TRAITS, ...arrival() } })),
  ];
}

/** Often the first or the last moment of the day. */
function momentOf(start: number, end: number, random: Random): number {
  const where = random();
  if (where < 0.05) return start;
  if (where < 0.1) return end - 1;
  return start + Math.floor(random() * (end - start));
}

/** Of one browser these are always the same. */
function traitsOf(person: number): Traits {
  const mobile = person % 3 === 0;
  return {
    ...NO_TRAITS,
    country: person % 10 === 0 ? null : nth(VALUES.country, person),
    browser: mobile ? 'Safari' : nth(VALUES.browser.slice(0, 2), person),
    system: mobile ? 'iOS' : 'Linux',
    device: mobile ? 'mobile' : 'desktop',
    language: nth(VALUES.language, person),
  };
}

function visitorOf(site: Site, person: number, day: Day): Visitor {
  const on = (other: Day) => {
    const digest = createHash('sha256').update(`${site.slug} ${person} ${other}`).digest();
    return { day: other, pseudonym: digest.readUIntBE(0, 6) || 1 };
  };
  return { ...on(day), earlier: Array.from({ length: SALT_DAYS - 1 }, (_, index) => on(day - 1 - index)) };
}

function daysBetween(from: string, to: string): Day[] {
  const [first = 0, last = 0] = [parseDay(from) ?? undefined, parseDay(to) ?? undefined];
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}

function nth<T>(items: readonly T[], index: number): T {
  return items[index % items.length] as T;
}

function pick<T>(items: readonly T[], random: Random): T {
  return nth(items, Math.floor(random() * items.length));
}

/** Up to so many of them, each once. */
function some<T>(items: readonly T[], most: number, random: Random): T[] {
  if (items.length === 0) return [];
  return [...new Set(Array.from({ length: Math.floor(random() * (most + 1)) }, () => pick(items, random)))];
}

function shuffled<T>(items: readonly T[], random: Random): T[] {
  return items
    .map((item) => ({ item, place: random() }))
    .sort((a, b) => a.place - b.place)
    .map(({ item }) => item);
}
