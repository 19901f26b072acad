import { DomainError } from '../../../server/domain/errors.ts';
import type { Settings } from './settings.ts';
import type { Row } from './tables.ts';

/** What stands in the columns of a row. */
export type Cells = Readonly<Record<string, string>>;

/** What a row must have, by what it begins with. Columns that are not in it can have anything. */
export type Rule = (row: Row, settings: Settings) => Cells | Promise<Cells>;

/** The cells, or, where there are none, the code of the error in the first of its columns and nothing in the others. */
export async function orCode(
  column: string,
  work: () => Cells | Promise<Cells>,
  ...others: readonly string[]
): Promise<Cells> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return Object.fromEntries([[column, error.code], ...others.map((other) => [other, '–'])]);
  }
}
