import type { HistoryView } from './history-view.ts';
import type { Say } from './words.ts';

/** A point as one says it: `Tue, 5 Mar 2024: 431. Before, Sun, 4 Feb 2024: 400, +8%`. */
export function pointWords({ point, points, format }: HistoryView, index: number, say: Say): string {
  if (points === 0) return say('empty');
  const { time, value, unfinished, before } = point(index);
  const long = (known: number | null) => (known === null ? say('no-value') : format.long(known));
  const now = `${time}: ${long(value)}${unfinished ? `, ${say('unfinished')}` : ''}`;
  if (!before) return now;
  const change = before.change && `, ${before.change}`;
  return `${now}. ${say('before')}, ${before.time}: ${long(before.value)}${change}`;
}
