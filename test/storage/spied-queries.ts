import type { Database, Queries } from '../../server/storage/database.ts';
import { Prisma } from '../../server/storage/generated/sqlite/client.ts';

/** How a statement came by the rows of a table. */
export interface Access {
  readonly table: 'oxi_visits' | 'oxi_rollups' | 'oxi_votes';
  /** Null where it read all of them. */
  readonly index: string | null;
  /** Columns of the index that it was told values or ranges of. */
  readonly columns: readonly string[];
}

/** Queries that note the raw statements that go through them. */
export function spyOn(queries: Queries, statements: Prisma.Sql[]): Queries {
  const $queryRaw = (text: TemplateStringsArray, ...values: unknown[]) => {
    const statement = Prisma.sql(text, ...values);
    statements.push(statement);
    return queries.$queryRaw(statement);
  };
  return new Proxy(queries, {
    get: (target, name) => (name === '$queryRaw' ? $queryRaw : Reflect.get(target, name)),
  });
}

/** How a database comes by the visits, the roll-ups and the votes that a statement asks for. */
export async function accessesOf({ provider, client }: Database, statement: Prisma.Sql): Promise<Access[]> {
  if (provider === 'sqlite') {
    const rows = await client.$queryRaw<{ detail: string }[]>`EXPLAIN QUERY PLAN ${statement}`;
    return rows.flatMap(({ detail }) => accessOnSqlite(detail) ?? []);
  }
  return client.$transaction(async (queries) => {
    // A few thousand rows are read fastest from one end to the other, those of a real site are not.
    await queries.$executeRawUnsafe('SET LOCAL enable_seqscan = off');
    const rows = await queries.$queryRaw<
      { 'QUERY PLAN': { Plan: Plan }[] }[]
    >`EXPLAIN (FORMAT JSON) ${statement}`;
    return rows.flatMap((row) => row['QUERY PLAN'].flatMap(({ Plan }) => accessesOnPostgresql(Plan)));
  });
}

const COLUMNS = /\b(?:site_id|page_id|registered_at|dimension|period|day|visitor)\b/g;

function accessOnSqlite(detail: string): Access | null {
  const [, verb, name, , index, terms = ''] =
    /^(SCAN|SEARCH) (visits|votes|oxi_rollups)( USING (PRIMARY KEY|INDEX \S+) ?(.*))?$/.exec(detail) ?? [];
  if (!verb) return null;
  const table = name === 'visits' ? 'oxi_visits' : name === 'votes' ? 'oxi_votes' : 'oxi_rollups';
  return { table, index: verb === 'SCAN' ? null : (index ?? null), columns: columnsIn(terms) };
}

interface Plan {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly 'Index Name'?: string;
  readonly 'Index Cond'?: string;
  readonly Plans?: readonly Plan[];
}

function accessesOnPostgresql(plan: Plan): Access[] {
  const inner = (plan.Plans ?? []).flatMap(accessesOnPostgresql);
  const index = plan['Index Name'] ?? null;
  const table = /^oxi_(?:visits|rollups|votes)/.exec(
    index ?? plan['Relation Name'] ?? '',
  )?.[0] as Access['table'];
  // The rows that a bitmap names were found by the index below it.
  if (!table || plan['Node Type'] === 'Bitmap Heap Scan') return inner;
  return [...inner, { table, index, columns: columnsIn(plan['Index Cond'] ?? '') }];
}

function columnsIn(condition: string): string[] {
  return [...new Set(condition.match(COLUMNS) ?? [])].sort();
}
