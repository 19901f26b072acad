import { LRUCache } from 'lru-cache';
import { TRAITS, type Trait, type Traits } from '../domain/dimensions/dimension.ts';
import type { Queries } from './database.ts';
import { DIMENSION_CODES } from './dimensions.ts';

const MAX_KNOWN = 20_000;
// Prisma splits what has more parameters than SQLite takes, and opens a transaction within ours for it.
const MAX_CREATED = 200;

/** Numbers of the traits of a visit; 0 where there is none. */
export type TraitIds = Readonly<Record<Trait, number>>;

/** Knows the numbers of dimension values. They are never removed, so what was there stays there. */
export interface DimensionValues {
  /** Numbers of all that is in there, those that are new among them. */
  idsOf(all: readonly Traits[]): Promise<readonly TraitIds[]>;
}

/** @param change runs work in a transaction that excludes others of its kind */
export function createDimensionValues(
  change: <T>(work: (queries: Queries) => Promise<T>) => Promise<T>,
): DimensionValues {
  const known = new LRUCache<string, number>({ max: MAX_KNOWN });

  async function learn(
    missing: readonly { readonly trait: Trait; readonly value: string }[],
  ): Promise<Map<string, number>> {
    const learnt = await change((queries) => ensureValues(queries, missing));
    for (const [key, id] of learnt) known.set(key, id);
    return learnt;
  }

  return {
    async idsOf(all) {
      const missing = new Map<string, { trait: Trait; value: string }>();
      const found = new Map<string, number>();
      for (const traits of all) {
        for (const trait of TRAITS) {
          const value = traits[trait];
          if (value === null) continue;
          const key = keyOf(trait, value);
          const id = known.get(key);
          if (id === undefined) missing.set(key, { trait, value });
          else found.set(key, id);
        }
      }
      // Most batches bring nothing new.
      if (missing.size > 0) for (const [key, id] of await learn([...missing.values()])) found.set(key, id);
      const idOf = (trait: Trait, value: string | null) =>
        value === null ? 0 : (found.get(keyOf(trait, value)) ?? 0);
      return all.map((traits) => ({
        referrer: idOf('referrer', traits.referrer),
        campaign: idOf('campaign', traits.campaign),
        country: idOf('country', traits.country),
        browser: idOf('browser', traits.browser),
        system: idOf('system', traits.system),
        device: idOf('device', traits.device),
        language: idOf('language', traits.language),
      }));
    },
  };
}

/** Runs inside an exclusive transaction: it reads before it writes. */
async function ensureValues(
  queries: Queries,
  wanted: readonly { readonly trait: Trait; readonly value: string }[],
): Promise<Map<string, number>> {
  const ids = new Map<string, number>();
  for (const trait of new Set(wanted.map((one) => one.trait))) {
    const dimension = DIMENSION_CODES[trait];
    const values = wanted.filter((one) => one.trait === trait).map(({ value }) => value);
    const standing = await queries.dimensionValue.findMany({ where: { dimension, value: { in: values } } });
    for (const { id, value } of standing) ids.set(keyOf(trait, value), id);
    const fresh = values.filter((value) => !ids.has(keyOf(trait, value)));
    if (fresh.length === 0) continue;
    const last = await queries.dimensionValue.findFirst({
      where: { dimension },
      orderBy: { id: 'desc' },
      select: { id: true },
    });
    const next = (last?.id ?? 0) + 1;
    const data = fresh.map((value, index) => ({ dimension, id: next + index, value }));
    for (let begin = 0; begin < data.length; begin += MAX_CREATED) {
      await queries.dimensionValue.createMany({ data: data.slice(begin, begin + MAX_CREATED) });
    }
    for (const [index, value] of fresh.entries()) ids.set(keyOf(trait, value), next + index);
  }
  return ids;
}

function keyOf(trait: Trait, value: string): string {
  return `${trait}:${value}`;
}
