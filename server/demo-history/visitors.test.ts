import { expect, test } from 'vitest';
import { createSequences } from './random.ts';
import { createReaders } from './readers.ts';
import { createVisitors } from './visitors.ts';

const ARRIVALS_A_DAY = 200;
const FIRST = 19_783;

function visitors(days: number, visitorDays = 7) {
  const random = createSequences(3)();
  const visiting = createVisitors({
    random,
    reader: createReaders(),
    arrivalsADay: ARRIVALS_A_DAY,
    visitorDays,
  });
  return Array.from({ length: days }, (_, index) => FIRST + index).map((day) => ({
    day,
    arrivals: Array.from({ length: ARRIVALS_A_DAY }, () => visiting(day)),
  }));
}

test('a browser has one pseudonym a day, which is 48 bits, never 0, and nobody else has', () => {
  const byBrowser = new Map<unknown, Map<number, Set<number>>>();
  for (const { day, arrivals } of visitors(30)) {
    for (const { reader, visitor } of arrivals) {
      if (!visitor) continue;
      const days = byBrowser.get(reader) ?? new Map<number, Set<number>>();
      const names = days.get(day) ?? new Set();
      byBrowser.set(reader, days.set(day, names.add(visitor.pseudonym)));
    }
  }
  const names = [...byBrowser.values()].flatMap((days) => [...days.values()]);
  expect(names.filter(({ size }) => size > 1)).toEqual([]);
  const all = names.flatMap((each) => [...each]);
  expect(all.filter((name) => !Number.isInteger(name) || name <= 0 || name >= 2 ** 48)).toEqual([]);
  expect(new Set(all).size).toBe(all.length);
});

test.each([
  [7, 6],
  [2, 1],
  [1, 0],
])('of %d days, a browser has those of the %d days before on which it was there', (visitorDays, daysBefore) => {
  const names = new Map<unknown, Map<number, number>>();
  const wrong: unknown[] = [];
  let returning = 0;
  for (const { day, arrivals } of visitors(40, visitorDays)) {
    for (const { reader, visitor } of arrivals) {
      if (!visitor) continue;
      const known = names.get(reader) ?? new Map<number, number>();
      names.set(reader, known.set(day, visitor.pseudonym));
      const before = [...known].filter(([seen]) => seen < day && seen >= day - daysBefore);
      const given = visitor.earlier.map((one) => [one.day, one.pseudonym]).reverse();
      if (String(given) !== String(before)) wrong.push(visitor);
      if (before.length > 0) returning += 1;
    }
  }
  expect(wrong).toEqual([]);
  expect(returning > 0).toBe(daysBefore > 0);
});

test('a site that is new has nobody who returns; later a part of its readers does', () => {
  const share = ({ arrivals }: ReturnType<typeof visitors>[number]) =>
    arrivals.filter(({ visitor }) => visitor && visitor.earlier.length > 0).length / arrivals.length;
  const days = visitors(60);
  expect(days.slice(0, 1).map(share)).toEqual([0]);
  for (const day of days.slice(30)) {
    expect(share(day)).toBeGreaterThan(0.05);
    expect(share(day)).toBeLessThan(0.4);
  }
});

test('who asks not to be told apart has no pseudonym, ever', () => {
  const arrivals = visitors(30).flatMap((day) => day.arrivals);
  const anonymous = arrivals.filter(({ reader }) => reader.isAnonymous);
  expect(anonymous.length).toBeGreaterThan(0);
  expect(anonymous.every(({ visitor }) => visitor === null)).toBe(true);
  expect(arrivals.every(({ reader, visitor }) => reader.isAnonymous || visitor !== null)).toBe(true);
});
