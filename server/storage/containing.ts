import { Prisma } from './generated/sqlite/client.ts';

/**
 * That a column contains a text, whatever the case of ASCII letters; nothing in the text is a wildcard. What databases
 * make of other letters differs, so those are compared as they are.
 * @param column one that PostgreSQL has with the collation "C"
 */
export function containing(column: Prisma.Sql, text: string | null): Prisma.Sql {
  if (text === null || text === '') return Prisma.empty;
  const folded = text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
  const pattern = `%${folded.replace(/[\\%_]/g, '\\$&')}%`;
  return Prisma.sql`AND lower(${column}) LIKE ${pattern} ESCAPE '\\'`;
}
