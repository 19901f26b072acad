import { formatCount, formatSpent } from '../format/format.ts';
import type { Figure } from './figure.ts';

/** What stands where there is no figure. */
export const NO_FIGURE = '–';

/** A figure as the language writes it: `1,234`, `2m 5s`, `41%`. */
export function figureText(
  kind: Figure['kind'],
  value: number | null | undefined,
  language: string | undefined,
): string {
  if (value === null || value === undefined) return NO_FIGURE;
  if (kind === 'share') return percent(value, { language, maximumFractionDigits: 0 });
  return kind === 'seconds' ? formatSpent(Math.round(value), language) : formatCount(value, language);
}

/** How much something has changed, with its sign: `+12%`, `-3.4%`, `0%`. */
export function changeText(change: number, language: string | undefined): string {
  // Below ten per cent a digit more tells something; above, it is noise.
  const maximumFractionDigits = Math.abs(change) < 0.1 ? 1 : 0;
  return percent(change, { language, maximumFractionDigits, signDisplay: 'exceptZero' });
}

function percent(
  share: number,
  { language, ...digits }: Intl.NumberFormatOptions & { language: string | undefined },
): string {
  return new Intl.NumberFormat(language, { style: 'percent', ...digits }).format(share);
}
