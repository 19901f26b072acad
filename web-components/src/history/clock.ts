const OFFSET = /^([+-])(\d\d):?(\d\d)$/;
const MINUTE_MS = 60_000;

/** The clocks of a site, and how they are written in a language. */
export interface Clock {
  /** What they show at an instant, as if that were UTC: the milliseconds since they showed 1970-01-01 0:00. */
  local(at: number): number;
  format(at: number, style: Intl.DateTimeFormatOptions): string;
  /** From one instant to another, without saying twice what is the same. */
  formatRange(from: number, to: number, style: Intl.DateTimeFormatOptions): string;
}

const PARTS = {
  hourCycle: 'h23',
  year: 'numeric',
  month: 'numeric',
  day: 'numeric',
  hour: 'numeric',
  minute: 'numeric',
  second: 'numeric',
} as const;

/**
 * The clocks of a zone.
 *
 * @param timeZone IANA zone or fixed offset such as `+05:45`. Where the browser knows no such zone, its own is used.
 */
export function clockOf(timeZone: string, language: string | undefined): Clock {
  const { zone, shift } = known(timeZone);
  const styles = new Map<Intl.DateTimeFormatOptions, Intl.DateTimeFormat>();
  const styled = (style: Intl.DateTimeFormatOptions) => {
    let format = styles.get(style);
    if (!format) {
      format = new Intl.DateTimeFormat(language, { ...style, timeZone: zone });
      styles.set(style, format);
    }
    return format;
  };
  const parts = new Intl.DateTimeFormat('en-US', { ...PARTS, timeZone: zone });
  return {
    local(at) {
      const shown: Record<string, number> = {};
      for (const { type, value } of parts.formatToParts(at + shift)) shown[type] = Number(value);
      const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = shown;
      return Date.UTC(year, month - 1, day, hour, minute, second);
    },
    format: (at, style) => styled(style).format(at + shift),
    formatRange: (from, to, style) => styled(style).formatRange(from + shift, to + shift),
  };
}

/** A zone that this browser knows, and what to add to an instant to read it there. Older ones know no offsets. */
function known(timeZone: string): { zone: string | undefined; shift: number } {
  try {
    new Intl.DateTimeFormat('en', { timeZone });
    return { zone: timeZone, shift: 0 };
  } catch {
    const [, sign, hours, minutes] = OFFSET.exec(timeZone) ?? [];
    if (sign === undefined) return { zone: undefined, shift: 0 };
    return { zone: 'UTC', shift: Number(`${sign}1`) * (Number(hours) * 60 + Number(minutes)) * MINUTE_MS };
  }
}
