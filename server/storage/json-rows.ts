import type { Database } from './database.ts';
import { Prisma } from './generated/sqlite/client.ts';

/** What PostgreSQL is told of a column; SQLite takes what JSON has. */
type ColumnType = 'bigint' | 'int' | 'smallint' | 'text';

/** Columns by name, in the order of the values of a row. */
type Columns = Readonly<Record<string, ColumnType>>;

/**
 * A relation of rows that come as one parameter, an array of arrays as JSON: many times as fast as one parameter for
 * each value, and one text to prepare whatever their number.
 */
export function jsonRows(
  provider: Database['provider'],
  columns: Columns,
  rows: readonly (readonly unknown[])[],
): Prisma.Sql {
  const json = JSON.stringify(rows);
  const list = Object.entries(columns).map(([name, type], index) =>
    provider === 'sqlite'
      ? `row.value ->> ${index} AS ${name}`
      : `(row.value ->> ${index})::${type} AS ${name}`,
  );
  const selected = Prisma.raw(list.join(', '));
  return provider === 'sqlite'
    ? Prisma.sql`(SELECT ${selected} FROM json_each(${json}) AS row)`
    : Prisma.sql`(SELECT ${selected} FROM jsonb_array_elements(CAST(${json} AS jsonb)) AS row(value))`;
}
