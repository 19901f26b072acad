import { type ChartShapes, chartShapes, type Places, placesOf } from './chart-shapes.ts';
import { clockOf } from './clock.ts';
import { FIGURES, type FigureName } from './figure.ts';
import { changeOf, type FigureFormat, figureFormat, formatChange } from './figure-format.ts';
import type { HistoryData } from './history-data.ts';
import { WIDTHS } from './label-widths.ts';
import { pointTimes } from './point-times.ts';
import { type TimeTick, timeTicks } from './time-axis.ts';
import { rangeWords, spanWords } from './time-words.ts';
import { valueTicks } from './value-axis.ts';

/** Everything that is shown of one point. */
export interface PointView {
  readonly value: number | null;
  readonly time: string;
  readonly unfinished: boolean;
  /** Null where nothing is compared, or the time before was shorter. */
  readonly before: { readonly value: number | null; readonly time: string; readonly change: string } | null;
}

/** A history, ready to be drawn in one language. */
export interface HistoryView {
  readonly data: HistoryData;
  readonly figure: FigureName;
  readonly language: string | undefined;
  readonly format: FigureFormat;
  readonly range: string;
  readonly rangeBefore: string;
  readonly places: Places;
  readonly shapes: ChartShapes;
  readonly values: readonly { readonly value: number; readonly text: string }[];
  readonly times: readonly { readonly width: string; readonly ticks: readonly TimeTick[] }[];
  readonly points: number;
  /** A value as a share of the height of the chart. */
  height(value: number): number;
  /** Whether nothing at all was counted. */
  readonly empty: boolean;
  point(index: number): PointView;
}

export interface ViewOptions {
  readonly figure: FigureName;
  readonly language: string | undefined;
  /** The present, which the last point may reach beyond. */
  readonly now: number;
}

export function viewOf(data: HistoryData, { figure, language, now }: ViewOptions): HistoryView {
  const { points, interval, range, comparison } = data;
  const { kind } = FIGURES[figure];
  const format = figureFormat(kind, language);
  const clock = clockOf(data.timeZone, language);
  const values = points.map(({ value }) => value);
  // A longer month before ends where this one does.
  const before = (comparison?.points ?? []).slice(0, points.length);
  const valuesBefore = before.map(({ value }) => value);
  const most = [...values, ...valuesBefore].reduce<number>((max, value) => Math.max(max, value ?? 0), 0);
  const ticks = valueTicks(most, kind);
  const top = ticks.at(-1) ?? 1;
  const spans = pointTimes(points, range, interval);
  const spansBefore = comparison ? pointTimes(comparison.points, comparison.range, interval) : [];
  const places = placesOf(points.length);
  const unfinished = (spans.at(-1)?.to ?? 0) > now;
  const starts = spans.map(({ from }) => from);
  return {
    data,
    figure,
    language,
    format,
    range: rangeWords(range, clock),
    rangeBefore: comparison ? rangeWords(comparison.range, clock) : '',
    places,
    shapes: chartShapes({ values, before: valuesBefore, top, unfinished, places }),
    values: ticks.map((value) => ({ value, text: format.short(value) })),
    times: WIDTHS.map(({ name, axis }) => ({
      width: name,
      ticks: timeTicks({ starts, interval, clock, place: places.at, width: axis }),
    })),
    points: points.length,
    height: (value) => value / top,
    empty: values.every((value) => !value),
    point(index) {
      const value = values[index] ?? null;
      const span = spans[index];
      const spanBefore = spansBefore[index];
      const change = changeOf(value, valuesBefore[index] ?? null);
      return {
        value,
        time: span ? spanWords(span, interval, clock) : '',
        unfinished: unfinished && index === points.length - 1,
        before: spanBefore
          ? {
              value: valuesBefore[index] ?? null,
              time: spanWords(spanBefore, interval, clock),
              change: change === null ? '' : formatChange(change, language),
            }
          : null,
      };
    },
  };
}
