import { describe, expect, test } from 'vitest';
import { formatDay, parseDay } from '../day.ts';
import { type Comparison, comparedRange } from './comparison.ts';
import type { Preset } from './preset.ts';
import { type Range, resolveRange } from './range.ts';

const BERLIN = 'Europe/Berlin';

/** At noon of a date. */
async function presetOn(preset: Preset, date: string, timeZone = BERLIN): Promise<Range> {
  const now = Date.parse(`${date}T12:00:00Z`);
  return resolveRange({ preset }, { now, timeZone, firstDay: async () => parseDay('2020-01-01') });
}

async function dates(from: string, to: string): Promise<Range> {
  const now = Date.parse('2024-08-01T12:00:00Z');
  return resolveRange({ from, to }, { now, timeZone: BERLIN, firstDay: async () => null });
}

function compared(range: Range, kind: Comparison, timeZone = BERLIN): Range {
  const found = comparedRange(range, kind, timeZone);
  if (!found) throw new Error('nothing to compare with');
  return found;
}

const days = ({ firstDay, lastDay }: Range) => `${formatDay(firstDay)} ${formatDay(lastDay)}`;
const instants = ({ from, to }: Range) => `${new Date(from).toISOString()} ${new Date(to).toISOString()}`;

describe('the previous period', () => {
  test.each<[Preset, string, string]>([
    ['TODAY', '2024-03-01', '2024-02-29 2024-02-29'],
    ['YESTERDAY', '2024-03-01', '2024-02-28 2024-02-28'],
    ['LAST_7_DAYS', '2024-03-01', '2024-02-17 2024-02-23'],
    ['LAST_30_DAYS', '2024-03-01', '2024-01-02 2024-01-31'],
    ['LAST_365_DAYS', '2024-03-01', '2022-03-03 2023-03-02'],
    // Friday.
    ['THIS_WEEK', '2024-03-01', '2024-02-19 2024-02-23'],
    ['THIS_WEEK', '2024-03-04', '2024-02-26 2024-02-26'],
    ['THIS_MONTH', '2024-03-15', '2024-02-01 2024-02-15'],
    ['THIS_MONTH', '2023-03-31', '2023-02-01 2023-02-28'],
    ['THIS_MONTH', '2024-04-30', '2024-03-01 2024-03-30'],
    ['LAST_MONTH', '2024-03-01', '2024-01-01 2024-01-31'],
    ['LAST_MONTH', '2024-04-10', '2024-02-01 2024-02-29'],
    ['THIS_YEAR', '2024-03-01', '2023-01-01 2023-03-01'],
    ['THIS_YEAR', '2024-02-29', '2023-01-01 2023-02-28'],
    ['LAST_YEAR', '2025-03-01', '2023-01-01 2023-12-31'],
    ['LAST_YEAR', '2024-03-01', '2022-01-01 2022-12-31'],
  ])('of %s on %s is the days %s', async (preset, date, expected) => {
    const range = compared(await presetOn(preset, date), 'PREVIOUS_PERIOD');
    expect(days(range)).toBe(expected);
    expect(range).toMatchObject({
      preset: null,
      span: { unit: 'days', from: range.firstDay, to: range.lastDay },
    });
  });

  test.each([
    ['2024-03-01', '2024-03-01', '2024-02-29 2024-02-29'],
    ['2024-03-01', '2024-03-10', '2024-02-20 2024-02-29'],
    // A month by its dates is as many days.
    ['2024-03-01', '2024-03-31', '2024-01-30 2024-02-29'],
    ['1990-01-01', '1990-01-02', '1989-12-30 1989-12-31'],
  ])('of %s to %s is as many days before, %s', async (from, to, expected) => {
    expect(days(compared(await dates(from, to), 'PREVIOUS_PERIOD'))).toBe(expected);
  });

  test('of days begins and ends at midnight, wherever the clocks were set', async () => {
    const range = compared(await dates('2024-04-01', '2024-04-02'), 'PREVIOUS_PERIOD');
    expect(instants(range)).toBe('2024-03-29T23:00:00.000Z 2024-03-31T22:00:00.000Z');
  });

  test('of LAST_24_HOURS is the 24 hours before, to the second', async () => {
    const range = compared(await presetOn('LAST_24_HOURS', '2024-03-31'), 'PREVIOUS_PERIOD');
    expect(instants(range)).toBe('2024-03-29T13:00:00.000Z 2024-03-30T13:00:00.000Z');
    expect(range.span).toEqual({ unit: 'instants', from: range.from, to: range.to });
    expect(days(range)).toBe('2024-03-29 2024-03-30');
  });
});

describe('the year before', () => {
  test.each<[Preset, string, string]>([
    ['TODAY', '2024-03-01', '2023-03-01 2023-03-01'],
    ['TODAY', '2024-02-29', '2023-02-28 2023-02-28'],
    ['LAST_7_DAYS', '2024-03-01', '2023-02-24 2023-03-01'],
    ['THIS_WEEK', '2024-03-01', '2023-02-26 2023-03-01'],
    ['THIS_MONTH', '2024-03-15', '2023-03-01 2023-03-15'],
    ['LAST_MONTH', '2024-03-15', '2023-02-01 2023-02-28'],
    ['LAST_MONTH', '2025-03-15', '2024-02-01 2024-02-29'],
    ['THIS_YEAR', '2024-03-01', '2023-01-01 2023-03-01'],
    ['LAST_YEAR', '2024-03-01', '2022-01-01 2022-12-31'],
  ])('of %s on %s is the days %s', async (preset, date, expected) => {
    expect(days(compared(await presetOn(preset, date), 'YEAR_BEFORE'))).toBe(expected);
  });

  test('of dates is the same dates', async () => {
    const range = compared(await dates('2024-02-28', '2024-02-29'), 'YEAR_BEFORE');
    expect(days(range)).toBe('2023-02-28 2023-02-28');
  });

  test.each([
    ['on the same date', '2024-07-01', '2023-06-30T13:00:00.000Z 2023-07-01T13:00:00.000Z'],
    ['across a leap day', '2024-03-01', '2023-02-28T13:00:00.000Z 2023-03-01T13:00:00.000Z'],
    [
      'on the 28th of February for the 29th',
      '2024-02-29',
      '2023-02-27T13:00:00.000Z 2023-02-28T13:00:00.000Z',
    ],
    // 15:00 in Berlin was 14:00 UTC, as the clocks had not been set yet.
    ['at the same time on the clocks', '2024-10-28', '2023-10-27T12:00:00.000Z 2023-10-28T12:00:00.000Z'],
  ])('of LAST_24_HOURS ended %s', async (_when, date, expected) => {
    const range = compared(await presetOn('LAST_24_HOURS', date), 'YEAR_BEFORE');
    expect(instants(range)).toBe(expected);
  });
});

test('all time is compared with nothing', async () => {
  const range = await presetOn('ALL_TIME', '2024-03-01');
  expect(comparedRange(range, 'PREVIOUS_PERIOD', BERLIN)).toBeNull();
  expect(comparedRange(range, 'YEAR_BEFORE', BERLIN)).toBeNull();
});
