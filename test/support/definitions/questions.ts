import { DIMENSIONS, type Dimension } from '../../../server/domain/dimensions/dimension.ts';
import { TOP_ORDERS, type TopOrder } from '../../../server/domain/statistics/figures.ts';
import type { FilterInput } from '../../../server/domain/statistics/filter.ts';
import { type Preset, presets } from '../../../server/domain/statistics/preset.ts';
import type { RangeInput } from '../../../server/domain/statistics/range.ts';

/** What a figure is asked of: `2024-03-01 · country DE · listed page /a`. */
export interface Question {
  readonly range: RangeInput;
  /** Only the hour that begins then, as the clocks show it. */
  readonly hour: string | null;
  readonly filter: FilterInput;
  /** Only what the list of a dimension has for a value. */
  readonly listed: { readonly dimension: Dimension; readonly value: string } | null;
}

const DATES = /^(\d{4}-\d\d-\d\d)(?: to (\d{4}-\d\d-\d\d))?$/;
const HOUR = /^the hour from ((\d{4}-\d\d-\d\d) \d\d:00:00.*)$/;

/** @throws Error for what it does not understand */
export function readQuestion(text: string): Question {
  const [time = '', ...parts] = text.split(' · ');
  const [, hour = null, day = time] = HOUR.exec(time) ?? [];
  const question = { range: readRange(day), hour, filter: {}, listed: null } as {
    -readonly [Key in keyof Question]: Question[Key];
  };
  for (const part of parts) {
    const [, listed, words = ''] = /^(listed )?(.+)$/.exec(part) ?? [];
    const { dimension, rest: value } = afterDimension(words);
    if (listed) question.listed = { dimension, value };
    else question.filter = { ...question.filter, [dimension]: value };
  }
  return question;
}

/** `2024-03-01`, `2024-03-01 to 2024-03-31` or the name of a preset. */
export function readRange(text: string): RangeInput {
  const [, from, to = from] = DATES.exec(text) ?? [];
  if (from !== undefined) return { from, to };
  if (text in presets) return { preset: text as Preset };
  throw new Error(`${text} is no range.`);
}

/** What `entry page by average seconds` is a list of. */
export function readList(text: string): { readonly dimension: Dimension; readonly orderBy: TopOrder } {
  const { dimension, rest } = afterDimension(text);
  const orderBy = TOP_ORDERS.find((order) => `by ${inWords(order)}` === rest);
  if (orderBy === undefined) throw new Error(`${text} is no list.`);
  return { dimension, orderBy };
}

/** `entry page` for `entryPage`. */
export function inWords(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

function afterDimension(text: string): { readonly dimension: Dimension; readonly rest: string } {
  const dimension = DIMENSIONS.find((name) => text.startsWith(`${inWords(name)} `));
  if (dimension === undefined) throw new Error(`${text} begins with no dimension.`);
  return { dimension, rest: text.slice(inWords(dimension).length + 1) };
}
