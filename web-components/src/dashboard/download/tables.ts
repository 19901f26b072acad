import type { Cell, Table } from './csv.ts';

/** Figures by their names. */
export type Values = Readonly<Record<string, number | null>>;

/** A row for each figure: what it is and, where it is compared, what it was and how much has changed. */
export function totalsTable(
  totals: Values,
  before?: { readonly totals: Values; readonly change: Values },
): Table {
  const names = Object.keys(totals);
  const head: Cell[] = before ? ['figure', 'value', 'before', 'change'] : ['figure', 'value'];
  const rows = names.map((name): Cell[] => [
    name,
    totals[name] ?? null,
    ...(before ? [before.totals[name] ?? null, before.change[name] ?? null] : []),
  ]);
  return [head, ...rows];
}

/** A row for each thing that has figures, such as an interval or a country. */
export function figuresTable(
  heading: string,
  rows: readonly { readonly of: string; readonly figures: Values }[],
): Table {
  const names = Object.keys(rows[0]?.figures ?? {});
  return [
    [heading, ...names],
    ...rows.map(({ of, figures }) => [of, ...names.map((name) => figures[name] ?? null)]),
  ];
}
