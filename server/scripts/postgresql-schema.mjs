/**
 * Derives the PostgreSQL schema from the SQLite one: a Prisma schema has one provider, ours has two databases.
 * A native type of PostgreSQL stands in a comment at the end of its line.
 * The Pothos generator runs once, since both clients have the same shape.
 *
 * @param {string} schema the text of prisma/schema.prisma
 * @returns {string}
 */
export function postgresqlSchema(schema) {
  return schema
    .replace('provider = "sqlite"', 'provider = "postgresql"')
    .replace('"../server/storage/generated/sqlite"', '"../../server/storage/generated/postgresql"')
    .replace(/ \/\/ (@db\.\w+)$/gm, ' $1')
    .replace(/generator pothos \{[^}]*\}\n/, '');
}
