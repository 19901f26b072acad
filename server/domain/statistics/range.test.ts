import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Day, dayOf, formatDay, parseDay } from '../day.ts';
import { type Preset, presets } from './preset.ts';
import { EARLIEST_DAY, type Range, type RangeInput, resolveRange } from './range.ts';
import { ZONES } from './zones.testing.ts';

// A Friday, 14:20:05 in Berlin.
const NOW = Date.parse('2024-03-01T13:20:05Z');
const BERLIN = 'Europe/Berlin';

interface Given {
  now?: number;
  timeZone?: string;
  firstDay?: Day | null;
}

function resolve(input: RangeInput, { now = NOW, timeZone = BERLIN, firstDay = null }: Given = {}) {
  return resolveRange(input, { now, timeZone, firstDay: async () => firstDay });
}

const iso = (at: number) => new Date(at).toISOString();
const days = ({ firstDay, lastDay }: Range) => `${formatDay(firstDay)} ${formatDay(lastDay)}`;
const instants = ({ from, to }: Range) => `${iso(from)} ${iso(to)}`;

describe('a preset', () => {
  test.each<[Preset, string]>([
    ['TODAY', '2024-03-01 2024-03-01'],
    ['YESTERDAY', '2024-02-29 2024-02-29'],
    ['LAST_7_DAYS', '2024-02-24 2024-03-01'],
    ['LAST_30_DAYS', '2024-02-01 2024-03-01'],
    ['LAST_365_DAYS', '2023-03-03 2024-03-01'],
    ['THIS_WEEK', '2024-02-26 2024-03-01'],
    ['THIS_MONTH', '2024-03-01 2024-03-01'],
    ['LAST_MONTH', '2024-02-01 2024-02-29'],
    ['THIS_YEAR', '2024-01-01 2024-03-01'],
    ['LAST_YEAR', '2023-01-01 2023-12-31'],
  ])('%s is the days %s on 2024-03-01', async (preset, expected) => {
    const range = await resolve({ preset });
    expect(days(range)).toBe(expected);
    expect(range).toMatchObject({
      preset,
      span: { unit: 'days', from: range.firstDay, to: range.lastDay },
    });
  });

  test('begins and ends at midnight on the clocks of the site', async () => {
    const range = await resolve({ preset: 'LAST_7_DAYS' }, { now: Date.parse('2024-04-02T00:30:00+02:00') });
    // The clocks were set in between.
    expect(instants(range)).toBe('2024-03-26T23:00:00.000Z 2024-04-02T22:00:00.000Z');
  });

  test('is told from the date of the site, which need not be that of the service', async () => {
    const now = Date.parse('2024-02-29T23:30:00Z');
    expect(days(await resolve({ preset: 'TODAY' }, { now, timeZone: BERLIN }))).toBe('2024-03-01 2024-03-01');
    expect(days(await resolve({ preset: 'TODAY' }, { now, timeZone: '-09:30' }))).toBe(
      '2024-02-29 2024-02-29',
    );
    expect(days(await resolve({ preset: 'THIS_MONTH' }, { now, timeZone: 'UTC' }))).toBe(
      '2024-02-01 2024-02-29',
    );
  });

  test('is LAST_30_DAYS where nothing is given', async () => {
    const expected = await resolve({ preset: 'LAST_30_DAYS' });
    expect(await resolve({})).toEqual(expected);
    expect(await resolve({ preset: null, from: null, to: undefined })).toEqual(expected);
  });

  test('holds now, unless it says that it is over', async () => {
    const over = ['YESTERDAY', 'LAST_MONTH', 'LAST_YEAR'];
    const anyPreset = fc.constantFrom(...(Object.keys(presets) as Preset[]));
    const anyNow = fc.integer({ min: Date.UTC(2005, 0, 1), max: Date.UTC(2035, 0, 1) });
    await fc.assert(
      fc.asyncProperty(anyPreset, fc.constantFrom(...ZONES), anyNow, async (preset, timeZone, now) => {
        const range = await resolve({ preset }, { now, timeZone, firstDay: EARLIEST_DAY });
        expect(range.from).toBeLessThanOrEqual(now);
        if (over.includes(preset)) expect(range.to).toBeLessThanOrEqual(now);
        else expect(range.to).toBeGreaterThan(now);
      }),
      { numRuns: 200 },
    );
  });
});

describe('LAST_24_HOURS', () => {
  test.each([
    [BERLIN, '2024-03-01T13:20:05Z', '2024-02-29T14:00:00.000Z 2024-03-01T14:00:00.000Z'],
    [BERLIN, '2024-03-01T13:00:00Z', '2024-02-29T14:00:00.000Z 2024-03-01T14:00:00.000Z'],
    [BERLIN, '2024-03-01T13:59:59.999Z', '2024-02-29T14:00:00.000Z 2024-03-01T14:00:00.000Z'],
    [BERLIN, '2024-03-01T14:00:00Z', '2024-02-29T15:00:00.000Z 2024-03-01T15:00:00.000Z'],
    ['Asia/Kathmandu', '2024-03-01T13:20:05Z', '2024-02-29T14:15:00.000Z 2024-03-01T14:15:00.000Z'],
    ['-09:30', '2024-03-01T13:20:05Z', '2024-02-29T13:30:00.000Z 2024-03-01T13:30:00.000Z'],
    [BERLIN, '2024-03-31T08:30:00Z', '2024-03-30T09:00:00.000Z 2024-03-31T09:00:00.000Z'],
  ])('ends in %s at %s with the present hour: %s', async (timeZone, now, expected) => {
    const range = await resolve({ preset: 'LAST_24_HOURS' }, { now: Date.parse(now), timeZone });
    expect(instants(range)).toBe(expected);
    expect(range.span).toEqual({ unit: 'instants', from: range.from, to: range.to });
  });

  test('tells the days that it touches', async () => {
    const at = async (now: string) =>
      days(await resolve({ preset: 'LAST_24_HOURS' }, { now: Date.parse(now) }));
    expect(await at('2024-03-01T13:20:05Z')).toBe('2024-02-29 2024-03-01');
    // At 23:30 it is the present day and no other.
    expect(await at('2024-03-01T22:30:00Z')).toBe('2024-03-01 2024-03-01');
  });
});

describe('ALL_TIME', () => {
  test('begins on the first day with data', async () => {
    const range = await resolve({ preset: 'ALL_TIME' }, { firstDay: parseDay('2019-05-04') });
    expect(days(range)).toBe('2019-05-04 2024-03-01');
  });

  test('is the present day where there is no data, or it is said to be of the future', async () => {
    expect(days(await resolve({ preset: 'ALL_TIME' }))).toBe('2024-03-01 2024-03-01');
    const firstDay = parseDay('2024-03-09');
    expect(days(await resolve({ preset: 'ALL_TIME' }, { firstDay }))).toBe('2024-03-01 2024-03-01');
  });

  test('alone asks for the first day', async () => {
    const firstDay = () => Promise.reject(new Error('asked'));
    const context = { now: NOW, timeZone: BERLIN, firstDay };
    for (const preset of Object.keys(presets) as Preset[]) {
      if (preset === 'ALL_TIME') await expect(resolveRange({ preset }, context)).rejects.toThrow('asked');
      else await expect(resolveRange({ preset }, context)).resolves.toMatchObject({ preset });
    }
  });
});

describe('dates', () => {
  test.each([
    ['both are included', { from: '2024-01-10', to: '2024-01-20' }, '2024-01-10 2024-01-20'],
    ['can be one day', { from: '2024-01-10', to: '2024-01-10' }, '2024-01-10 2024-01-10'],
    ['without an end go to the present day', { from: '2024-01-10' }, '2024-01-10 2024-03-01'],
    ['can begin today', { from: '2024-03-01' }, '2024-03-01 2024-03-01'],
    ['can begin when the web did', { from: '1990-01-01', to: '1990-01-02' }, '1990-01-01 1990-01-02'],
    ['that have not come end today', { from: '2024-01-01', to: '2024-12-31' }, '2024-01-01 2024-03-01'],
    ['can end a year ahead', { from: '2024-03-01', to: '2025-03-01' }, '2024-03-01 2024-03-01'],
  ])('%s', async (_what, input, expected) => {
    const range = await resolve(input);
    expect(days(range)).toBe(expected);
    expect(range).toMatchObject({
      preset: null,
      span: { unit: 'days', from: range.firstDay, to: range.lastDay },
    });
  });

  test('are days of the site', async () => {
    const range = await resolve({ from: '2024-03-31', to: '2024-03-31' }, { now: NOW + 40 * 86_400_000 });
    expect(instants(range)).toBe('2024-03-30T23:00:00.000Z 2024-03-31T22:00:00.000Z');
  });

  test.each<[RangeInput, string]>([
    [
      { preset: 'TODAY', from: '2024-01-01' },
      'range.preset is TODAY, and there are dates too; give one or the other.',
    ],
    [
      { preset: 'TODAY', to: '2024-01-01' },
      'range.preset is TODAY, and there are dates too; give one or the other.',
    ],
    [{ to: '2024-01-01' }, 'range.from is missing; range.to alone does not say where to begin.'],
    [
      { from: '2024-02-30' },
      'range.from is "2024-02-30"; it must be a date that calendars have, such as 2024-03-01.',
    ],
    [{ from: '' }, 'range.from is ""; it must be a date that calendars have, such as 2024-03-01.'],
    [
      { from: '2024-01-01', to: 'now' },
      'range.to is "now"; it must be a date that calendars have, such as 2024-03-01.',
    ],
    [
      { from: '2024-01-11', to: '2024-01-10' },
      'range.from is 2024-01-11; it must not be after range.to, which is 2024-01-10.',
    ],
    [
      { from: '1989-12-31', to: '2024-01-01' },
      'range.from is 1989-12-31; it must be from 1990-01-01 to 2024-03-01, the present day of the site.',
    ],
    [
      { from: '2024-03-02', to: '2024-03-05' },
      'range.from is 2024-03-02; it must be from 1990-01-01 to 2024-03-01, the present day of the site.',
    ],
    [{ from: '2024-01-01', to: '2025-03-02' }, 'range.to is 2025-03-02; it must not be after 2025-03-01.'],
  ])('%j are refused', async (input, message) => {
    await expect(resolve(input)).rejects.toMatchObject({
      name: 'DomainError',
      code: 'INVALID_ARGUMENT',
      message,
    });
  });

  test('that are very long are shown in part', async () => {
    const refused = resolve({ from: '\u0000'.repeat(10_000) });
    await expect(refused).rejects.toThrow(/^range\.from is "(\\u0000){100}"; it must/);
  });

  test('in the future are told by the clocks of the site', async () => {
    const now = Date.parse('2024-02-29T23:30:00Z');
    await expect(resolve({ from: '2024-03-01' }, { now, timeZone: 'UTC' })).rejects.toThrow('2024-02-29');
    expect(dayOf(now, BERLIN)).toBe((await resolve({ from: '2024-03-01' }, { now })).firstDay);
  });
});
