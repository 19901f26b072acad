import type { LiveMinute } from './live-data.ts';

/** Fewer views than this in a minute do not reach the top, so that one reader is not drawn as a rush. */
const LOWEST_TOP = 4;

/** A minute as it is drawn. */
export interface MinuteBar {
  readonly start: string;
  readonly views: number;
  /** From 0 to 1, of the height there is. */
  readonly height: number;
}

/** The bars of some minutes, and what can be said of all of them. */
export interface MinuteBars {
  readonly bars: readonly MinuteBar[];
  /** Views of all minutes. */
  readonly sum: number;
  /** Views of the minute that had most. */
  readonly peak: number;
}

/** The views of each minute, visits and pixel views, as bars. */
export function minuteBars(minutes: readonly LiveMinute[]): MinuteBars {
  const counted = minutes.map(({ start, visits, pixelViews }) => ({ start, views: visits + pixelViews }));
  const peak = Math.max(0, ...counted.map(({ views }) => views));
  const top = Math.max(peak, LOWEST_TOP);
  return {
    bars: counted.map((minute) => ({ ...minute, height: minute.views / top })),
    sum: counted.reduce((sum, { views }) => sum + views, 0),
    peak,
  };
}
