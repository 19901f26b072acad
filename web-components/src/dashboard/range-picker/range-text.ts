import type { Say } from '../words.ts';
import { type Day, dateOf } from './calendar.ts';
import { daysOf, PRESETS } from './range-days.ts';

/** How a range is written. */
export interface RangeStyle {
  readonly today: Day;
  readonly language: string | undefined;
  readonly say: Say;
}

/** A range by its dates: `1 – 31 Mar 2024`; by its name, where it has no days. */
export function rangeText(range: string, { today, language, say }: RangeStyle): string {
  const days = daysOf(range, today);
  if (!days) return PRESETS.some(({ name }) => name === range) ? say(range) : range;
  const style = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeZone: 'UTC' });
  try {
    return style.formatRange(dateOf(days.from), dateOf(days.to));
  } catch {
    // What an address says need not be dates.
    return range;
  }
}
