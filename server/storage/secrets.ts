import type { Instant } from '../domain/instant.ts';
import type { Queries } from './database.ts';

export async function readSecrets(queries: Queries): Promise<Uint8Array[]> {
  const rows = await queries.secret.findMany({ orderBy: { id: 'desc' } });
  return rows.map(({ value }) => value);
}

/** Runs inside an exclusive transaction, so that processes that start at once agree on one secret. */
export async function ensureSecret(
  queries: Queries,
  candidate: Uint8Array,
  now: Instant,
): Promise<Uint8Array[]> {
  const secrets = await readSecrets(queries);
  if (secrets.length > 0) return secrets;
  await addSecret(queries, candidate, now);
  return [candidate];
}

/** Runs inside an exclusive transaction. */
export async function addSecret(queries: Queries, value: Uint8Array, now: Instant): Promise<void> {
  const newest = await queries.secret.findFirst({ orderBy: { id: 'desc' }, select: { id: true } });
  await queries.secret.create({
    data: { id: (newest?.id ?? 0) + 1, value: Buffer.from(value), createdAt: now },
  });
}
