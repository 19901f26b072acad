import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Day, dayOf, firstOfMonth, firstOfWeek, formatDay, parseDay } from '../day.ts';
import { offsetMs } from '../time-zone.ts';
import { type Interval, intervals } from './interval.ts';
import { type Range, rangeOfDays, rangeOfInstants } from './range.ts';
import { begunBuckets, bucketsOf, MAX_BUCKETS } from './series.ts';
import { ZONES } from './zones.testing.ts';

const HOUR = 3_600_000;
const BERLIN = 'Europe/Berlin';

function date(text: string): Day {
  const day = parseDay(text);
  if (day === null) throw new Error(`${text} is no date`);
  return day;
}

const daysIn = (zone: string, from: string, to = from) => rangeOfDays(null, date(from), date(to), zone);
const timeIn = (zone: string, from: string, to: string) =>
  rangeOfInstants(null, Date.parse(from), Date.parse(to), zone);

/** When each bucket begins, on the clocks of the zone. */
function clocks(range: Range, interval: Interval, zone: string): string[] {
  return bucketsOf(range, interval, zone).starts.map((start) =>
    new Date(start + offsetMs(start, zone)).toISOString().slice(11, 16),
  );
}

function datesOf(range: Range, interval: Interval, zone: string): string[] | undefined {
  return bucketsOf(range, interval, zone).days?.map(({ from, to }) => `${formatDay(from)} ${formatDay(to)}`);
}

describe('hours', () => {
  test('of a day are 24, whether or not there were visits', () => {
    const range = daysIn(BERLIN, '2024-03-01');
    const { starts, end, days } = bucketsOf(range, 'HOUR', BERLIN);
    expect(starts).toEqual(Array.from({ length: 24 }, (_, hour) => range.from + hour * HOUR));
    expect(end).toBe(range.to);
    expect(days).toBeNull();
  });

  test('that are skipped are not there', () => {
    const shown = clocks(daysIn(BERLIN, '2024-03-31'), 'HOUR', BERLIN);
    expect(shown).toHaveLength(23);
    expect(shown.slice(0, 4)).toEqual(['00:00', '01:00', '03:00', '04:00']);
  });

  test('that come twice are there twice', () => {
    const shown = clocks(daysIn(BERLIN, '2024-10-27'), 'HOUR', BERLIN);
    expect(shown).toHaveLength(25);
    expect(shown.slice(0, 5)).toEqual(['00:00', '01:00', '02:00', '02:00', '03:00']);
  });

  test('are shorter where clocks are set by half an hour', () => {
    const zone = 'Australia/Lord_Howe';
    expect(clocks(daysIn(zone, '2024-10-06'), 'HOUR', zone).slice(0, 4)).toEqual([
      '00:00',
      '01:00',
      '02:30',
      '03:00',
    ]);
    expect(clocks(daysIn(zone, '2024-04-07'), 'HOUR', zone).slice(0, 4)).toEqual([
      '00:00',
      '01:00',
      '01:30',
      '02:00',
    ]);
  });

  test.each([
    ['Asia/Kathmandu', '2024-03-01T00:15:00.000Z'],
    ['-09:30', '2024-03-01T10:30:00.000Z'],
    ['+05:45', '2024-03-01T00:15:00.000Z'],
  ])('are those on the clocks of %s', (zone, expected) => {
    const { starts } = bucketsOf(daysIn(zone, '2024-03-01'), 'HOUR', zone);
    expect(starts.map((start) => new Date(start).toISOString())).toContain(expected);
    expect(starts).toHaveLength(24);
  });

  test('are cut where the range begins and ends', () => {
    const range = timeIn(BERLIN, '2024-03-01T10:20:30Z', '2024-03-01T12:10:00Z');
    const { starts, end } = bucketsOf(range, 'HOUR', BERLIN);
    expect([...starts, end].map((at) => new Date(at).toISOString().slice(11, 19))).toEqual([
      '10:20:30',
      '11:00:00',
      '12:00:00',
      '12:10:00',
    ]);
  });

  test('of a time that begins and ends with one have none that is empty', () => {
    const range = timeIn(BERLIN, '2024-03-31T00:00:00Z', '2024-03-31T02:00:00Z');
    expect(clocks(range, 'HOUR', BERLIN)).toEqual(['01:00', '03:00']);
    // The clocks are set where this range ends.
    expect(clocks(timeIn(BERLIN, '2024-03-31T00:00:00Z', '2024-03-31T01:00:00Z'), 'HOUR', BERLIN)).toEqual([
      '01:00',
    ]);
  });
});

describe('minutes', () => {
  test('of a day are 1,440', () => {
    expect(bucketsOf(daysIn(BERLIN, '2024-03-01'), 'MINUTE', BERLIN).starts).toHaveLength(1_440);
  });

  test('are those on the clocks, where these were off by seconds', () => {
    const range = daysIn('Africa/Monrovia', '1971-06-01');
    const { starts } = bucketsOf(range, 'MINUTE', 'Africa/Monrovia');
    expect(starts.slice(0, 2).map((start) => new Date(start).toISOString().slice(11, 19))).toEqual([
      '00:44:30',
      '00:45:30',
    ]);
    expect(starts).toHaveLength(1_440);
  });
});

describe('days, weeks and months', () => {
  test('say which days they are made of, so that their roll-ups can be summed', () => {
    const range = daysIn(BERLIN, '2024-02-28', '2024-03-02');
    expect(datesOf(range, 'DAY', BERLIN)).toEqual([
      '2024-02-28 2024-02-28',
      '2024-02-29 2024-02-29',
      '2024-03-01 2024-03-01',
      '2024-03-02 2024-03-02',
    ]);
    expect(datesOf(range, 'WEEK', BERLIN)).toEqual(['2024-02-28 2024-03-02']);
    expect(datesOf(range, 'MONTH', BERLIN)).toEqual(['2024-02-28 2024-02-29', '2024-03-01 2024-03-02']);
  });

  test('of weeks begin on Monday, but for the first', () => {
    expect(datesOf(daysIn(BERLIN, '2024-02-24', '2024-03-05'), 'WEEK', BERLIN)).toEqual([
      '2024-02-24 2024-02-25',
      '2024-02-26 2024-03-03',
      '2024-03-04 2024-03-05',
    ]);
  });

  test('have as many hours as the clocks give them', () => {
    const range = daysIn(BERLIN, '2024-10-26', '2024-10-28');
    const { starts, end } = bucketsOf(range, 'DAY', BERLIN);
    const bounds = [...starts, end];
    expect(starts.map((start, index) => ((bounds[index + 1] ?? 0) - start) / HOUR)).toEqual([24, 25, 24]);
  });

  test('leave out a day that the zone did', () => {
    const range = daysIn('Pacific/Apia', '2011-12-29', '2012-01-01');
    expect(datesOf(range, 'DAY', 'Pacific/Apia')).toEqual([
      '2011-12-29 2011-12-29',
      '2011-12-31 2011-12-31',
      '2012-01-01 2012-01-01',
    ]);
    expect(bucketsOf(daysIn('Pacific/Apia', '2011-12-30'), 'DAY', 'Pacific/Apia')).toEqual({
      starts: [],
      end: Date.parse('2011-12-30T10:00:00Z'),
      days: [],
    });
  });

  test('of 24 hours are parts of days, which no roll-up has', () => {
    const range = timeIn(BERLIN, '2024-02-29T14:00:00Z', '2024-03-01T14:00:00Z');
    const { starts, days } = bucketsOf(range, 'DAY', BERLIN);
    expect(starts).toEqual([range.from, Date.parse('2024-02-29T23:00:00Z')]);
    expect(days).toBeNull();
  });
});

describe('too many buckets', () => {
  test.each<[Interval, string, string, string]>([
    ['MINUTE', '2024-03-01', '2024-03-02', 'HOUR'],
    ['MINUTE', '2024-01-01', '2024-12-31', 'DAY'],
    ['HOUR', '2024-01-01', '2024-03-31', 'DAY'],
    ['HOUR', '1990-01-01', '2024-03-01', 'WEEK'],
    ['DAY', '2018-01-01', '2024-03-01', 'WEEK'],
    ['WEEK', '1990-01-01', '2040-03-01', 'MONTH'],
  ])('of %s from %s to %s are refused, and %s proposed', (interval, from, to, proposed) => {
    const range = daysIn(BERLIN, from, to);
    expect(() => bucketsOf(range, interval, BERLIN)).toThrow(
      expect.objectContaining({
        code: 'INVALID_ARGUMENT',
        message: `interval is ${interval}, which cuts this range into more than 2000 parts; ${proposed} would do.`,
      }),
    );
    expect(bucketsOf(range, proposed as Interval, BERLIN).starts.length).toBeLessThanOrEqual(MAX_BUCKETS);
  });

  test('of MONTH leave nothing to propose', () => {
    const range = rangeOfDays(null, date('1800-01-01'), date('2024-03-01'), 'UTC');
    expect(() => bucketsOf(range, 'MONTH', 'UTC')).toThrow('ask for a shorter range');
  });

  test('begin after 2,000', () => {
    const range = (days: number) =>
      rangeOfDays(null, date('2020-01-01'), date('2020-01-01') + days - 1, BERLIN);
    expect(bucketsOf(range(2_000), 'DAY', BERLIN).starts).toHaveLength(2_000);
    expect(() => bucketsOf(range(2_001), 'DAY', BERLIN)).toThrow('interval');
  });
});

test('buckets that have not begun can be left out', () => {
  const range = daysIn(BERLIN, '2024-02-29', '2024-03-01');
  const hours = begunBuckets(bucketsOf(range, 'HOUR', BERLIN), Date.parse('2024-03-01T10:00:00Z'));
  expect(hours.starts).toHaveLength(24 + 12);
  expect(new Date(hours.end).toISOString()).toBe('2024-03-01T11:00:00.000Z');

  const days = bucketsOf(range, 'DAY', BERLIN);
  expect(begunBuckets(days, range.to)).toEqual(days);
  expect(begunBuckets(days, range.from)).toEqual({
    starts: days.starts.slice(0, 1),
    end: days.starts[1],
    days: [{ from: date('2024-02-29'), to: date('2024-02-29') }],
  });
});

describe('whatever the range, interval and zone', () => {
  const anyInterval = fc.constantFrom(...(Object.keys(intervals) as Interval[]));
  const most = { MINUTE: 1, HOUR: 80, DAY: 800, WEEK: 3_000, MONTH: 9_000 };
  const anyCase = fc
    .record({
      zone: fc.constantFrom(...ZONES),
      interval: anyInterval,
      // Around when clocks are set, more often than not.
      at: fc.oneof(
        fc.integer({ min: Date.UTC(1990, 0, 1), max: Date.UTC(2030, 0, 1) }),
        fc.integer({ min: Date.parse('2011-12-26'), max: Date.parse('2012-01-02') }),
        fc.integer({ min: Date.parse('2018-11-01'), max: Date.parse('2018-11-05') }),
        fc.integer({ min: Date.parse('2024-03-29'), max: Date.parse('2024-04-09') }),
        fc.integer({ min: Date.parse('2024-10-25'), max: Date.parse('2024-11-05') }),
      ),
      share: fc.double({ min: 0, max: 1, noNaN: true }),
      whole: fc.boolean(),
    })
    .map(({ zone, interval, at, share, whole }) => {
      const length = Math.floor(share * most[interval] * 86_400_000);
      const range = whole
        ? rangeOfDays(
            null,
            dayOf(at, zone),
            dayOf(at + length - (interval === 'MINUTE' ? length : 0), zone),
            zone,
          )
        : rangeOfInstants(null, at, at + length + 1, zone);
      return { zone, interval, range };
    });

  test('buckets are the range: without a gap, without an overlap, none of them empty', () => {
    fc.assert(
      fc.property(anyCase, ({ zone, interval, range }) => {
        const { starts, end, days } = bucketsOf(range, interval, zone);
        expect(starts[0]).toBe(range.from);
        expect(end).toBe(range.to);
        const bounds = [...starts, end];
        for (let index = 1; index < bounds.length; index += 1) {
          if ((bounds[index] ?? 0) <= (bounds[index - 1] ?? 0)) throw new Error(`bucket ${index} is empty`);
        }
        if (days) {
          expect(days).toHaveLength(starts.length);
          expect(days.map(({ from }) => from)).toEqual(starts.map((start) => dayOf(start, zone)));
          const ends = bounds.slice(1).map((bound) => dayOf(bound - 1, zone));
          const missing = (day: Day) => zone === 'Pacific/Apia' && formatDay(day) === '2011-12-30';
          expect(days.map(({ to }) => (missing(to) ? to - 1 : to))).toEqual(ends);
        }
      }),
      { numRuns: 200 },
    );
  });

  test('a bucket shows one minute, hour, day, week or month on the clocks', () => {
    /** What the clocks show, as coarse as the interval. */
    function shown(at: number, interval: Interval, zone: string): string {
      const day = dayOf(at, zone);
      if (interval === 'DAY') return formatDay(day);
      if (interval === 'WEEK') return formatDay(firstOfWeek(day));
      if (interval === 'MONTH') return formatDay(firstOfMonth(day));
      const offset = offsetMs(at, zone);
      const local = new Date(at + offset).toISOString().slice(0, interval === 'HOUR' ? 13 : 16);
      return `${local} ${offset}`;
    }
    fc.assert(
      fc.property(anyCase, fc.nat(), ({ zone, interval, range }, pick) => {
        const { starts, end } = bucketsOf(range, interval, zone);
        const index = pick % starts.length;
        const start = starts[index] ?? 0;
        const next = starts[index + 1] ?? end;
        expect(shown(next - 1, interval, zone)).toBe(shown(start, interval, zone));
        if (next < end) expect(shown(next, interval, zone)).not.toBe(shown(start, interval, zone));
      }),
      { numRuns: 300 },
    );
  });
});
