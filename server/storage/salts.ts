import type { Day } from '../domain/day.ts';
import type { Salt } from '../domain/ports.ts';
import type { Queries } from './database.ts';

export async function readSalts(queries: Queries, from: Day): Promise<Salt[]> {
  return queries.salt.findMany({ where: { day: { gte: from } }, orderBy: { day: 'asc' } });
}

/** Runs inside an exclusive transaction, so that all processes agree on one salt a day. */
export async function ensureSalt(queries: Queries, { day, value }: Salt): Promise<Salt> {
  const standing = await queries.salt.findUnique({ where: { day } });
  return standing ?? queries.salt.create({ data: { day, value: Buffer.from(value) } });
}

/** Whether there are salts of earlier days; all that is kept under their pseudonyms goes with them. */
export async function hasSalts(queries: Queries, before: Day): Promise<boolean> {
  return (await queries.salt.findFirst({ where: { day: { lt: before } } })) !== null;
}

/** Visits keep pseudonyms of these days, which then say nothing but that visits of one day belong together. */
export async function destroySalts(queries: Queries, before: Day): Promise<void> {
  await queries.salt.deleteMany({ where: { day: { lt: before } } });
  const sites = await queries.site.findMany({ select: { id: true } });
  for (const { id: siteId } of sites) {
    await queries.visitor.deleteMany({ where: { siteId, day: { lt: before } } });
    await queries.seen.deleteMany({ where: { siteId, day: { lt: before } } });
  }
}
