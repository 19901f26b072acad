/** Keys that lead along a chart, and where they lead from a point. Steps along the line of writing turn with it. */
const STEPS: Readonly<Record<string, (index: number, page: number, onwards: 1 | -1) => number>> = {
  ArrowRight: (index, _, onwards) => index + onwards,
  ArrowLeft: (index, _, onwards) => index - onwards,
  ArrowUp: (index) => index + 1,
  ArrowDown: (index) => index - 1,
  PageUp: (index, page) => index + page,
  PageDown: (index, page) => index - page,
  Home: () => 0,
  End: () => Number.POSITIVE_INFINITY,
};

/** Where the keyboard is in a chart of `points` points, and which way the page is written. */
export interface Position {
  readonly index: number;
  readonly points: number;
  readonly direction: 'ltr' | 'rtl';
}

/** The point that a key leads to; undefined for keys that lead nowhere. */
export function moved(key: string, { index, points, direction }: Position): number | undefined {
  const page = Math.max(2, Math.round(points / 10));
  const step = Object.hasOwn(STEPS, key) ? STEPS[key] : undefined;
  const next = step?.(index, page, direction === 'rtl' ? -1 : 1);
  return next === undefined ? undefined : Math.min(points - 1, Math.max(0, next));
}
