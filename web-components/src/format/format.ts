/** `1234` as the language writes it; without a language, as the browser's does. */
export function formatCount(count: number, language: string | undefined): string {
  return new Intl.NumberFormat(language).format(count);
}

/** Seconds as `45s`, `3m 5s` or `1h 2m`; with `long`, for running text, as `45 seconds`. */
export function formatSpent(
  seconds: number,
  language: string | undefined,
  unitDisplay: 'narrow' | 'long' = 'narrow',
): string {
  const units: [value: number, unit: string][] = [
    [Math.floor(seconds / 3600), 'hour'],
    [Math.floor(seconds / 60) % 60, 'minute'],
    [seconds % 60, 'second'],
  ];
  const from = units.findIndex(([value]) => value > 0);
  // Two units are exact enough: nobody compares visits of an hour by their seconds.
  const shown = from < 0 ? units.slice(2) : units.slice(from, from + 2);
  return shown
    .filter(([value], index) => index === 0 || value > 0)
    .map(([value, unit]) =>
      new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay }).format(value),
    )
    .join(' ');
}

/** How a moment is written. */
export interface MomentStyle {
  readonly language: string | undefined;
  /** IANA name or offset; the browser's own zone where it is undefined or unknown to the browser. */
  readonly timeZone?: string | undefined;
  readonly precision: 'date and minute' | 'second of the day';
}

const PRECISIONS: Record<MomentStyle['precision'], Intl.DateTimeFormatOptions> = {
  'date and minute': { dateStyle: 'medium', timeStyle: 'short' },
  'second of the day': { timeStyle: 'medium' },
};

/** An ISO 8601 moment in the reader's words; the text itself when it is no moment. */
export function formatMoment(iso: string, { language, timeZone, precision }: MomentStyle): string {
  const moment = new Date(iso);
  if (Number.isNaN(moment.getTime())) return iso;
  const options = PRECISIONS[precision];
  try {
    return new Intl.DateTimeFormat(language, { ...options, ...(timeZone && { timeZone }) }).format(moment);
  } catch {
    return new Intl.DateTimeFormat(language, options).format(moment);
  }
}

/** `https://news.example` as `news.example`; a referrer that is no address is shown as it is. */
export function formatReferrer(referrer: string): string {
  return referrer.replace(/^https?:\/\//, '');
}
