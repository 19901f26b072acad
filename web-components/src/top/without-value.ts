import { dimensionNamed } from './dimension.ts';
import type { Order } from './order.ts';
import type { TopData, TopValue } from './top-data.ts';

/**
 * The visits that have no value of a dimension: what the values on show leave of the total. Undefined where that
 * cannot be said: there are more values, or visitors are counted, who can have several.
 */
export function withoutValue(
  { values, total, more }: TopData,
  { dimension, order }: { readonly dimension: string; readonly order: Order },
): Omit<TopValue, 'value'> | undefined {
  if (more || !total || !order.addsUp || dimensionNamed(dimension).without === undefined) return undefined;
  const figure = total - values.reduce((sum, value) => sum + value.figure, 0);
  return figure > 0 ? { figure, share: figure / total } : undefined;
}
