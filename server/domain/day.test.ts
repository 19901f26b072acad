import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  addMonths,
  DAY_MS,
  dayOf,
  firstOfMonth,
  firstOfWeek,
  firstOfYear,
  formatDay,
  nextMonth,
  parseDay,
  startOfDay,
} from './day.ts';
import { ZONES } from './statistics/zones.testing.ts';
import { offsetMs, stretches, whenClocksShow } from './time-zone.ts';

const HOUR = 3_600_000;
// Set its clocks back at 0:01.
const ST_JOHNS = 'America/St_Johns';

function date(text: string): number {
  const day = parseDay(text);
  if (day === null) throw new Error(`${text} is no date`);
  return day;
}

const iso = (at: number) => new Date(at).toISOString();
const dateIn = (zone: string, at: string) => formatDay(dayOf(Date.parse(at), zone));
const startIn = (zone: string, day: string) => iso(startOfDay(date(day), zone));

const formats = new Map(
  ZONES.filter((zone) => !/^[+-]/.test(zone)).map((zone) => [
    String(zone),
    new Intl.DateTimeFormat('en-US', { timeZone: zone }),
  ]),
);
formats.set(ST_JOHNS, new Intl.DateTimeFormat('en-US', { timeZone: ST_JOHNS }));

/** What Node's own calendar says, which shares no code with ours. */
function dateByIntl(zone: string, at: number): string {
  const offset = { '+05:45': 345, '-09:30': -570, '-00:30': -30 }[zone];
  if (offset !== undefined) return iso(at + offset * 60_000).slice(0, 10);
  const parts = formats.get(zone)?.formatToParts(at) ?? [];
  const part = (wanted: string) => parts.find(({ type }) => type === wanted)?.value ?? '';
  return `${part('year')}-${part('month').padStart(2, '0')}-${part('day').padStart(2, '0')}`;
}

const anyZone = fc.constantFrom(...ZONES);
const anyDay = fc.oneof(
  fc.integer({ min: date('1970-01-02'), max: date('2040-12-31') }),
  fc.integer({ min: date('1970-01-02'), max: date('9999-12-30') }),
);
const anyInstant = fc
  .record({ day: anyDay, within: fc.integer({ min: 0, max: DAY_MS - 1 }) })
  .map(({ day, within }) => day * DAY_MS + within);

describe('the day of a visit', () => {
  test.each([
    ['UTC', '2024-03-01T00:00:00Z', '2024-03-01'],
    ['UTC', '2024-02-29T23:59:59.999Z', '2024-02-29'],
    ['Europe/Berlin', '2024-02-29T23:00:00Z', '2024-03-01'],
    ['Europe/Berlin', '2024-06-30T22:00:00Z', '2024-07-01'],
    ['America/New_York', '2024-03-01T04:59:59.999Z', '2024-02-29'],
    ['Pacific/Apia', '2011-12-30T09:59:59.999Z', '2011-12-29'],
    ['Pacific/Apia', '2011-12-30T10:00:00Z', '2011-12-31'],
    ['+05:45', '2024-02-29T18:15:00Z', '2024-03-01'],
    ['-09:30', '2024-03-01T09:29:59.999Z', '2024-02-29'],
    ['-00:30', '2024-03-01T00:29:59.999Z', '2024-02-29'],
    ['-00:30', '2024-03-01T00:30:00Z', '2024-03-01'],
  ])('is in %s at %s the date on the clocks there, %s', (zone, at, expected) => {
    expect(dateIn(zone, at)).toBe(expected);
  });

  test('is what Intl says, in whatever order visits of all zones come', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(anyZone, anyInstant), { minLength: 1, maxLength: 5 }), (visits) => {
        for (const [zone, at] of visits) {
          expect(formatDay(dayOf(at, zone))).toBe(dateByIntl(zone, at));
        }
      }),
      { numRuns: 200 },
    );
  });

  test('is what Intl says around every midnight of a year', () => {
    for (const zone of ZONES) {
      for (let day = date('2011-01-01'); day <= date('2011-12-31'); day += 1) {
        const start = startOfDay(day, zone);
        for (const at of [start - 1, start, start - HOUR, start + HOUR]) {
          expect(formatDay(dayOf(at, zone))).toBe(dateByIntl(zone, at));
        }
      }
    }
  });

  test('never goes back', () => {
    fc.assert(
      fc.property(anyZone, anyInstant, fc.integer({ min: 0, max: 2 * DAY_MS }), (zone, at, later) => {
        expect(dayOf(at + later, zone)).toBeGreaterThanOrEqual(dayOf(at, zone));
      }),
      { numRuns: 200 },
    );
  });

  test('goes on where clocks are set back across midnight', () => {
    // On 7 November 2010 from 0:01 to 23:01 on the 6th.
    const zone = ST_JOHNS;
    expect(startIn(zone, '2010-11-07')).toBe('2010-11-07T02:30:00.000Z');
    expect(dateIn(zone, '2010-11-07T02:29:59.999Z')).toBe('2010-11-06');
    expect(dateIn(zone, '2010-11-07T02:30:30Z')).toBe('2010-11-07');
    expect(dateByIntl(zone, Date.parse('2010-11-07T03:00:00Z'))).toBe('2010-11-06');
    expect(dateIn(zone, '2010-11-07T03:00:00Z')).toBe('2010-11-07');
    expect(dateIn(zone, '2010-11-08T03:29:59.999Z')).toBe('2010-11-07');
    expect(dateIn(zone, '2010-11-08T03:30:00Z')).toBe('2010-11-08');
  });

  test('of a zone that there is not is an error, not a guess', () => {
    expect(() => dayOf(0, 'Europe/Atlantis')).toThrow(RangeError);
    expect(() => dayOf(Number.NaN, 'Europe/Berlin')).toThrow(RangeError);
  });
});

describe('a day starts', () => {
  test.each([
    ['UTC', '2024-03-01', '2024-03-01T00:00:00.000Z'],
    ['Europe/Berlin', '2024-03-31', '2024-03-30T23:00:00.000Z'],
    ['Europe/Berlin', '2024-04-01', '2024-03-31T22:00:00.000Z'],
    ['Australia/Lord_Howe', '2024-04-07', '2024-04-06T13:00:00.000Z'],
    ['Australia/Lord_Howe', '2024-04-08', '2024-04-07T13:30:00.000Z'],
    ['+05:45', '2024-03-01', '2024-02-29T18:15:00.000Z'],
    ['-09:30', '2024-03-01', '2024-03-01T09:30:00.000Z'],
    ['-00:30', '2024-03-01', '2024-03-01T00:30:00.000Z'],
    ['America/New_York', '9999-07-01', '9999-07-01T04:00:00.000Z'],
  ])('in %s on %s at midnight: %s', (zone, day, expected) => {
    expect(startIn(zone, day)).toBe(expected);
  });

  test.each([
    // At 1:00, since clocks went from 0:00 to 1:00.
    ['America/Sao_Paulo', '2018-11-04', '2018-11-04T03:00:00.000Z'],
    ['Africa/Cairo', '2023-04-28', '2023-04-27T22:00:00.000Z'],
    ['Asia/Beirut', '2024-03-31', '2024-03-30T22:00:00.000Z'],
    // At 0:44:30, since clocks went from 0:00 to there.
    ['Africa/Monrovia', '1972-01-07', '1972-01-07T00:44:30.000Z'],
  ])('in %s on %s where midnight is skipped: %s', (zone, day, expected) => {
    expect(startIn(zone, day)).toBe(expected);
  });

  test.each([
    // 23:00 to 24:00 came twice the evening before.
    ['America/Sao_Paulo', '2018-02-18', '2018-02-18T03:00:00.000Z'],
    // 0:00 to 1:00 comes twice.
    ['America/Havana', '2024-11-03', '2024-11-03T04:00:00.000Z'],
  ])('in %s on %s at the first midnight where clocks are set back: %s', (zone, day, expected) => {
    expect(startIn(zone, day)).toBe(expected);
  });

  test('to the second where the zone was off by seconds', () => {
    expect(startIn('Africa/Monrovia', '1971-06-01')).toBe('1971-06-01T00:44:30.000Z');
  });

  test.each([
    ['Pacific/Apia', '2011-12-30', '2011-12-31', '2011-12-30T10:00:00.000Z'],
    ['Pacific/Kwajalein', '1993-08-21', '1993-08-22', '1993-08-21T12:00:00.000Z'],
  ])('in %s that had no %s with the next one', (zone, missing, next, start) => {
    expect(startIn(zone, missing)).toBe(start);
    expect(startIn(zone, next)).toBe(start);
    expect(dayOf(Date.parse(start), zone)).toBe(date(next));
    expect(dayOf(Date.parse(start) - 1, zone)).toBe(date(missing) - 1);
  });

  test.each([
    ['Europe/Berlin', '2024-03-31', 23],
    ['Europe/Berlin', '2024-10-27', 25],
    ['Australia/Lord_Howe', '2024-10-06', 23.5],
    ['Australia/Lord_Howe', '2024-04-07', 24.5],
    ['Pacific/Apia', '2011-12-30', 0],
    ['Asia/Kathmandu', '2024-03-31', 24],
  ])('so that in %s %s has %d hours', (zone, day, hours) => {
    expect(startOfDay(date(day) + 1, zone) - startOfDay(date(day), zone)).toBe(hours * HOUR);
  });

  test('at its first instant: what is before is of an earlier day', () => {
    fc.assert(
      fc.property(anyZone, anyDay, (zone, day) => {
        const start = startOfDay(day, zone);
        const missing = zone === 'Pacific/Apia' && formatDay(day) === '2011-12-30';
        expect(dayOf(start, zone)).toBe(missing ? day + 1 : day);
        expect(dayOf(start - 1, zone)).toBeLessThan(day);
      }),
      { numRuns: 300 },
    );
  });
});

describe('the clocks of a zone', () => {
  test.each([
    ['-00:30', '2024-03-01T00:00:00Z', -30 * 60],
    ['+14:00', '2024-03-01T00:00:00Z', 14 * 3600],
    ['UTC', '2024-03-01T00:00:00Z', 0],
    ['Africa/Monrovia', '1970-06-01T00:00:00Z', -(44 * 60 + 30)],
    ['Asia/Kathmandu', '1980-01-01T00:00:00Z', 5.5 * 3600],
    ['Asia/Kathmandu', '2024-01-01T00:00:00Z', 5.75 * 3600],
  ])('are in %s at %s %d seconds ahead of UTC', (zone, at, seconds) => {
    expect(offsetMs(Date.parse(at), zone)).toBe(seconds * 1000);
  });

  test.each([
    ['a time that comes once', '2024-07-01T12:34:56.789', '2024-07-01T10:34:56.789Z'],
    ['a time that comes twice, the first time', '2024-10-27T02:30:00.000', '2024-10-27T00:30:00.000Z'],
    ['where a time is skipped, the time after it', '2024-03-31T02:30:00.000', '2024-03-31T01:00:00.000Z'],
  ])('show %s', (_what, local, expected) => {
    expect(iso(whenClocksShow(Date.parse(`${local}Z`), 'Europe/Berlin'))).toBe(expected);
  });

  test('cut a time where they are set', () => {
    const [from, to] = [Date.parse('2024-01-15T12:00:00Z'), Date.parse('2024-12-15T12:00:00Z')];
    const [spring, autumn] = [Date.parse('2024-03-31T01:00:00Z'), Date.parse('2024-10-27T01:00:00Z')];
    expect([...stretches(from, to, 'Europe/Berlin')]).toEqual([
      { from, to: spring, offset: HOUR },
      { from: spring, to: autumn, offset: 2 * HOUR },
      { from: autumn, to, offset: HOUR },
    ]);
    expect([...stretches(from, spring, 'Europe/Berlin')]).toEqual([{ from, to: spring, offset: HOUR }]);
    expect([...stretches(from, from, 'Europe/Berlin')]).toEqual([]);
  });
});

describe('a date', () => {
  test.each([
    ['1970-01-01', 0],
    ['1969-12-31', -1],
    ['2024-03-01', 19_783],
    ['2000-02-29', 11_016],
    ['0001-01-01', -719_162],
    ['9999-12-31', 2_932_896],
  ])('%s is day %d', (text, day) => {
    expect(parseDay(text)).toBe(day);
    expect(formatDay(day)).toBe(text);
  });

  test.each([
    '',
    '2024-02-30',
    '2023-02-29',
    '1900-02-29',
    '2024-13-01',
    '2024-00-10',
    '2024-04-31',
    '2024-01-00',
    '0000-01-01',
    '2024-3-1',
    '24-03-01',
    '2024-03-01 ',
    ' 2024-03-01',
    '2024-03-01\n',
    '2024-03-01T00:00:00Z',
    '20240301',
    '2024/03/01',
    '+002024-03-01',
    '-2024-03-01',
    '10000-01-01',
    '٢٠٢٤-٠٣-٠١',
    'today',
  ])('%j is none', (text) => {
    expect(parseDay(text)).toBeNull();
  });

  test('is read as it is written', () => {
    fc.assert(
      fc.property(fc.integer({ min: -719_162, max: 2_932_896 }), (day) => {
        expect(parseDay(formatDay(day))).toBe(day);
      }),
    );
  });

  test.each([
    ['2024-02-29', '2024-02-26', '2024-02-01', '2024-03-01', '2024-01-01'],
    ['2024-02-26', '2024-02-26', '2024-02-01', '2024-03-01', '2024-01-01'],
    ['2024-03-03', '2024-02-26', '2024-03-01', '2024-04-01', '2024-01-01'],
    ['2023-12-31', '2023-12-25', '2023-12-01', '2024-01-01', '2023-01-01'],
    ['2024-01-01', '2024-01-01', '2024-01-01', '2024-02-01', '2024-01-01'],
    ['1969-12-31', '1969-12-29', '1969-12-01', '1970-01-01', '1969-01-01'],
    ['0050-05-05', '0050-05-02', '0050-05-01', '0050-06-01', '0050-01-01'],
  ])('%s is in the week from Monday %s, the month from %s to before %s, the year from %s', (text, week, month, next, year) => {
    const day = date(text);
    expect([firstOfWeek(day), firstOfMonth(day), nextMonth(day), firstOfYear(day)].map(formatDay)).toEqual([
      week,
      month,
      next,
      year,
    ]);
  });

  test.each([
    ['2024-03-15', -1, '2024-02-15'],
    ['2024-03-31', -1, '2024-02-29'],
    ['2023-03-31', -1, '2023-02-28'],
    ['2024-01-31', -1, '2023-12-31'],
    ['2024-05-31', 1, '2024-06-30'],
    ['2024-02-29', -12, '2023-02-28'],
    ['2024-02-28', -12, '2023-02-28'],
    ['2023-02-28', 12, '2024-02-28'],
    ['2024-12-31', 0, '2024-12-31'],
  ])('%s and %d months is %s', (text, months, expected) => {
    expect(formatDay(addMonths(date(text), months))).toBe(expected);
  });
});
