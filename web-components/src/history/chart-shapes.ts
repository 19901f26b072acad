import { scalePoint } from 'd3-scale';
import { area, line } from 'd3-shape';

type Value = number | null;

/** Shapes are drawn in a square of this size, which is stretched over the chart. */
export const SIDE = 1000;

/** The `d` of the paths of a chart. */
export interface ChartShapes {
  readonly line: string;
  /** The way to the last point, where that has not ended; otherwise empty. */
  readonly unfinished: string;
  readonly area: string;
  readonly before: string;
  /** Points that no line leads to or from. */
  readonly lone: readonly number[];
}

/** Where points are, as shares of the width, from the earliest at 0 to the latest at 1; one alone is in the middle. */
export interface Places {
  at(index: number): number;
  /** The point that is nearest to a share of the width. */
  nearest(share: number): number;
}

export function placesOf(count: number): Places {
  const scale = scalePoint<number>()
    .domain(Array.from({ length: count }, (_, index) => index))
    .range([0, 1]);
  const step = scale.step();
  return {
    at: (index) => scale(index) ?? 0,
    nearest: (share) => (count < 2 ? 0 : Math.min(count - 1, Math.max(0, Math.round(share / step)))),
  };
}

/** What to draw. */
export interface Drawing {
  readonly values: readonly Value[];
  readonly before: readonly Value[];
  /** The value at the upper edge. */
  readonly top: number;
  /** Whether the last point still goes on. */
  readonly unfinished: boolean;
  readonly places: Places;
}

/** Lines that break where there is no value. */
export function chartShapes({ values, before, top, unfinished, places }: Drawing): ChartShapes {
  const x = (_: Value, index: number) => places.at(index) * SIDE;
  const y = (value: Value) => (1 - (value ?? 0) / top) * SIDE;
  const defined = (value: Value): value is number => value !== null;
  const draw = line<Value>(x, y).digits(1).defined(defined);
  const filled = area<Value>(x, SIDE, y).digits(1).defined(defined);
  const last = values.length - 1;
  const lastPart = line<Value>((_, index) => x(null, last - 1 + index), y)
    .digits(1)
    .defined(defined);
  // One point alone has no way that leads to it.
  const split = unfinished && last > 0;
  return {
    line: draw(split ? values.slice(0, last) : values) ?? '',
    unfinished: split ? (lastPart(values.slice(last - 1)) ?? '') : '',
    area: filled(values) ?? '',
    before: draw(before) ?? '',
    lone: values.flatMap((value, index) =>
      defined(value) && !defined(values[index - 1] ?? null) && !defined(values[index + 1] ?? null)
        ? [index]
        : [],
    ),
  };
}
