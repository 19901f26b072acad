/** What a list can be ordered by, and what its figure is. */
export interface Order {
  /** As `order-by` and `words` name it. */
  readonly name: string;
  /** As `Figures` of the schema names it. */
  readonly field: string;
  /** In English. */
  readonly word: string;
  /** The figure is one of time. */
  readonly inSeconds?: true;
  /** Every visit adds its own part to the total, and to one value of a dimension at most. */
  readonly addsUp?: true;
}

const VISITS: Order = { name: 'visits', field: 'visits', word: 'Visits', addsUp: true };

/** All orders. */
export const ORDERS: readonly Order[] = [
  VISITS,
  { name: 'visitors', field: 'visitors', word: 'Visitors' },
  { name: 'spent-seconds', field: 'spentSeconds', word: 'Time spent', inSeconds: true, addsUp: true },
  { name: 'average-seconds', field: 'averageSpentSeconds', word: 'Average time', inSeconds: true },
  { name: 'pixel-views', field: 'pixelViews', word: 'Pixel views', addsUp: true },
];

/** The order of that name; by visits where there is none. */
export function orderNamed(name: string | null): Order {
  return ORDERS.find((order) => order.name === name) ?? VISITS;
}
