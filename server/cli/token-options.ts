import { type Command, InvalidArgumentError } from 'commander';
import { DAY_MS, parseDay } from '../domain/day.ts';
import { DIMENSIONS, type Filter } from '../domain/dimensions/dimension.ts';
import type { Instant } from '../domain/instant.ts';
import { type Preset, presets } from '../domain/statistics/preset.ts';
import type { RangeInput } from '../domain/statistics/range.ts';
import { wordOf } from './argument.ts';

const HOUR_MS = 3_600_000;
const PRESETS = Object.keys(presets) as Preset[];
const RANGES = `${PRESETS.map(wordOf).join(', ')}, or days such as 2026-11-01/2026-11-30`;

/** What a token may have besides its scopes. */
export interface TokenOptions {
  readonly expires?: Instant;
  readonly filter?: Filter;
  readonly range?: RangeInput;
}

/** Adds the options that say for how long, and for which visits, a token is good. */
export function addTokenOptions(command: Command): Command {
  return command
    .option(
      '--expires <when>',
      'after so many days or hours, such as 30d or 12h, or when a day begins (UTC), such as 2027-01-31',
      readExpiry,
    )
    .option(
      '--filter <dimension=value...>',
      `only visits with this value, such as country=DE; of ${DIMENSIONS.map(wordOf).join(', ')}`,
      readFilterValue,
    )
    .option('--range <range>', `only what lies in it: ${RANGES}`, readRange);
}

/** A range as the options have it. */
export function rangeText({ preset, from, to }: RangeInput): string {
  return preset ? wordOf(preset) : `${from ?? ''}/${to ?? ''}`;
}

/** A filter as the options have it. */
export function filterText(filter: Filter): string[] {
  return Object.entries(filter).map(([dimension, value]) => `${wordOf(dimension)}=${value}`);
}

function readExpiry(given: string): Instant {
  const [, number, unit] = /^([1-9]\d{0,4})([dh])$/.exec(given) ?? [];
  const now = Date.now();
  if (number !== undefined) return now + Number(number) * (unit === 'd' ? DAY_MS : HOUR_MS);
  const day = parseDay(given);
  if (day !== null && day * DAY_MS > now) return day * DAY_MS;
  throw new InvalidArgumentError('It should be days or hours such as 30d or 12h, or a day to come.');
}

function readFilterValue(given: string, before: Filter = {}): Filter {
  const [, name = '', value = ''] = /^([^=]*)=(.+)$/s.exec(given) ?? [];
  const dimension = DIMENSIONS.find((candidate) => wordOf(candidate) === name);
  if (dimension === undefined) {
    throw new InvalidArgumentError(
      `It should be such as country=DE, with one of ${DIMENSIONS.map(wordOf).join(', ')}.`,
    );
  }
  if (before[dimension] !== undefined) {
    throw new InvalidArgumentError(`There is one for ${name} already, and visits have one value of each.`);
  }
  return { ...before, [dimension]: value };
}

function readRange(given: string): RangeInput {
  const preset = PRESETS.find((candidate) => wordOf(candidate) === given);
  if (preset !== undefined) return { preset };
  const [from = '', to = '', ...rest] = given.split('/');
  if (rest.length === 0 && parseDay(from) !== null && parseDay(to) !== null) return { from, to };
  throw new InvalidArgumentError(`It should be one of ${RANGES}.`);
}
