import { type Filter, TRAITS, type Trait } from '../../domain/dimensions/dimension.ts';
import type { Queries } from '../database.ts';
import { DIMENSION_CODES, DIMENSION_COLUMNS } from '../dimensions.ts';
import { FLAGS } from '../flags.ts';
import { Prisma } from '../generated/sqlite/client.ts';
import { findPage } from '../pages.ts';

/** A filter with the numbers of what it names. */
export interface VisitFilter {
  /** Null for any page. */
  readonly pageId: number | null;
  /** Whether only the first visit of each visitor of a day counts. */
  readonly firstOnly: boolean;
  /** 0 for any. */
  readonly traits: Readonly<Record<Trait, number>>;
}

/** Whether the filter lets everything through. */
export function isEmpty(filter: Filter): boolean {
  return Object.values(filter).every((value) => value === undefined);
}

/** @returns null where nothing can pass, since something that the filter names was never seen */
export async function findFilter(
  queries: Queries,
  siteId: number,
  filter: Filter,
): Promise<VisitFilter | null> {
  const traits = await findTraits(queries, filter);
  if (!traits) return null;
  const firstOnly = filter.entryPage !== undefined;
  const [path, other = path] = [filter.page, filter.entryPage].filter((one) => one !== undefined);
  if (path === undefined) return { pageId: null, firstOnly, traits };
  // A visit is of one page.
  const page = path === other ? await findPage(queries, siteId, path) : null;
  return page && { pageId: page.id, firstOnly, traits };
}

async function findTraits(queries: Queries, filter: Filter): Promise<VisitFilter['traits'] | null> {
  const wanted = TRAITS.flatMap((trait) => {
    const value = filter[trait];
    return value === undefined ? [] : [{ dimension: DIMENSION_CODES[trait], value }];
  });
  const found = wanted.length === 0 ? [] : await queries.dimensionValue.findMany({ where: { OR: wanted } });
  if (found.length < wanted.length) return null;
  const idOf = (trait: Trait) => found.find(({ dimension }) => dimension === DIMENSION_CODES[trait])?.id ?? 0;
  return Object.fromEntries(TRAITS.map((trait) => [trait, idOf(trait)])) as VisitFilter['traits'];
}

/**
 * That a row of `oxi_visits`, called `visits`, passes. One text for all filters but for the page, which decides on the
 * index: SQLite keeps every statement prepared, and PostgreSQL drops the comparisons with 0 as it plans.
 */
export function passing({ pageId, firstOnly, traits }: VisitFilter): Prisma.Sql {
  const ofPage = pageId === null ? Prisma.empty : Prisma.sql`visits.page_id = ${pageId} AND`;
  const flags = firstOnly ? FLAGS.first : 0;
  const ofTraits = TRAITS.map((trait) => {
    const column = Prisma.raw(`visits.${DIMENSION_COLUMNS[trait]}`);
    return Prisma.sql`CAST(${traits[trait]} AS int) IN (0, ${column})`;
  });
  return Prisma.sql`${ofPage} visits.flags & CAST(${flags} AS int) = CAST(${flags} AS int)
    AND ${Prisma.join(ofTraits, ' AND ')}`;
}
