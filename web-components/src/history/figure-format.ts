import { formatCount, formatSpent } from '../format/format.ts';
import type { FigureKind } from './figure.ts';

/** How values of a figure are written. */
export interface FigureFormat {
  /** As exactly as it is known. */
  full(value: number): string;
  /** For an axis, in as little room as there can be. */
  short(value: number): string;
  /** For running text and screen readers. */
  long(value: number): string;
}

const HOUR = 3600;
// From here on nobody minds the minutes.
const ONLY_HOURS = 10 * HOUR;

const FORMATS: Record<FigureKind, (language: string | undefined) => FigureFormat> = {
  count(language) {
    const full = (value: number) => formatCount(value, language);
    const short = new Intl.NumberFormat(language, { notation: 'compact' });
    return { full, short: (value) => short.format(value), long: full };
  },
  seconds: (language) => ({
    full: (value) => formatSpent(Math.round(value), language),
    short(value) {
      if (value < ONLY_HOURS) return formatSpent(value, language);
      const style = { style: 'unit', unit: 'hour', unitDisplay: 'narrow', notation: 'compact' } as const;
      return new Intl.NumberFormat(language, style).format(value / HOUR);
    },
    long: (value) => formatSpent(Math.round(value), language, 'long'),
  }),
  share(language) {
    const full = new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 1 });
    const format = (value: number) => full.format(value);
    return { full: format, short: format, long: format };
  },
};

export function figureFormat(kind: FigureKind, language: string | undefined): FigureFormat {
  return FORMATS[kind](language);
}

/** `0.123` as `12%`. */
export function formatShare(share: number, language: string | undefined): string {
  return new Intl.NumberFormat(language, { style: 'percent' }).format(share);
}

/** `0.123` as `+12%`; a tenth of a per cent is no change. */
export function formatChange(change: number, language: string | undefined): string {
  return new Intl.NumberFormat(language, { style: 'percent', signDisplay: 'exceptZero' }).format(change);
}

/** How much `value` is more than `before`, as a share of it; null where there is nothing to compare with. */
export function changeOf(value: number | null, before: number | null): number | null {
  return value === null || !before ? null : (value - before) / before;
}
