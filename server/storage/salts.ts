import type { Day } from '../domain/day.ts';
import type { Salt } from '../domain/ports.ts';
import type { Queries } from './database.ts';
import { Prisma } from './generated/sqlite/client.ts';
import type { Work } from './work.ts';

/** Rows that go in one transaction: few enough that nobody waits for it. */
const REMOVED_AT_ONCE = 2_000;

/** What is kept under the pseudonyms of a day, by its key. */
const KEPT = [
  { table: Prisma.raw('oxi_seen'), key: Prisma.raw('site_id, day, visitor, dimension, value_id') },
  { table: Prisma.raw('oxi_visitors'), key: Prisma.raw('site_id, day, visitor') },
  // Whose a vote is. That it was cast stays in the tally of its page.
  { table: Prisma.raw('oxi_votes'), key: Prisma.raw('site_id, day, visitor, page_id') },
];

export async function readSalts(queries: Queries, from: Day): Promise<Salt[]> {
  return queries.salt.findMany({ where: { day: { gte: from } }, orderBy: { day: 'asc' } });
}

/** Runs inside an exclusive transaction, so that all processes agree on one salt a day. */
export async function ensureSalt(queries: Queries, { day, value }: Salt): Promise<Salt> {
  const standing = await queries.salt.findUnique({ where: { day } });
  return standing ?? queries.salt.create({ data: { day, value: Buffer.from(value) } });
}

/**
 * The salts go first. What was kept under their pseudonyms then says nothing but that visits of one day belong
 * together, as the visits themselves go on to say, and is removed in parts.
 */
export async function destroySalts({ read, change }: Work, before: Day): Promise<void> {
  // Mostly there is nothing to do, which is seen without keeping anybody waiting.
  if (await read((queries) => queries.salt.findFirst({ where: { day: { lt: before } } }))) {
    await change((queries) => queries.salt.deleteMany({ where: { day: { lt: before } } }));
  }
  // One that is being deleted loses all it has, and two who remove its rows could wait for each other.
  const sites = await read((queries) =>
    queries.site.findMany({ where: { deletedAt: null }, select: { id: true } }),
  );
  for (const { id: siteId } of sites) {
    for (const { table, key } of KEPT) {
      const rest = (queries: Queries) => queries.$queryRaw<unknown[]>`
        SELECT 1 FROM ${table} WHERE site_id = ${siteId} AND day < ${before} LIMIT 1`;
      const remove = (queries: Queries) => queries.$executeRaw`
        DELETE FROM ${table} WHERE (${key}) IN (
          SELECT ${key} FROM ${table} WHERE site_id = ${siteId} AND day < ${before} LIMIT ${REMOVED_AT_ONCE})`;
      while ((await read(rest)).length > 0) await change(remove);
    }
  }
}
