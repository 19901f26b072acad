import { DomainError } from '../domain/errors.ts';
import type { PrismaClient } from './generated/sqlite/client.ts';

const RETRY_AFTER_SECS = 2;

// A statement that can never work is a mistake of ours and must not look like a database that is away:
// PostgreSQL's classes 22 (data), 23 (constraint) and 42 (syntax), SQLite's SQLITE_ERROR, _CONSTRAINT, _MISMATCH and
// _RANGE, and Prisma's refusals of what it was given.
const OUR_MISTAKE = /^(22|23|42)...$|^SQLITE_(ERROR|CONSTRAINT.*|MISMATCH|RANGE)$|^P2[0-9]{3}$/;
// Of Prisma's codes for requests, those that speak of the connection or of another transaction.
const PASSING = new Set(['P2024', 'P2028', 'P2034']);

// Rows hang on a site, or on a page that is held meanwhile.
const SITE_GONE = new Set(['23503', 'SQLITE_CONSTRAINT_FOREIGNKEY', 'P2003']);

/** Runs database work; whatever the driver throws comes out as `UNAVAILABLE`, or as it is where it is our mistake. */
export async function guarded<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw toFault(error);
  }
}

/** Sorts what a driver threw. */
export function toFault(error: unknown): unknown {
  if (error instanceof DomainError) return error;
  if (error instanceof TypeError || error instanceof RangeError) return error;
  const code = driverCode(error);
  if (code !== undefined && SITE_GONE.has(code)) {
    return new DomainError('SITE_NOT_FOUND', 'The site is gone.', { cause: error });
  }
  if (code !== undefined && !PASSING.has(code) && OUR_MISTAKE.test(code)) return error;
  return new DomainError(
    'UNAVAILABLE',
    'The database cannot be used right now. Try again, which counts nothing twice.',
    {
      cause: error,
      retryAfterSecs: RETRY_AFTER_SECS,
    },
  );
}

/** The code closest to the database: the driver's own where there is one, else Prisma's. */
export function driverCode(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null) return undefined;
  const { code, meta, cause } = error as { code?: unknown; meta?: unknown; cause?: unknown };
  const adapterError = (meta as { driverAdapterError?: { cause?: unknown } } | undefined)?.driverAdapterError;
  for (const inner of [adapterError?.cause, cause]) {
    const original = (inner as { originalCode?: unknown } | undefined)?.originalCode;
    if (typeof original === 'string') return original;
  }
  // P2010 says only that a raw statement failed.
  return typeof code === 'string' && code !== 'P2010' ? code : undefined;
}

// What was the victim of a deadlock or of another's change was rolled back, and is as good a moment later.
const ATTEMPTS = 3;
const TRY_AGAIN = new Set(['40P01', '40001']);

/** Does work of one transaction again where the database undid it for the sake of another. */
export async function undauntedly<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (attempt >= ATTEMPTS || !TRY_AGAIN.has(driverCode(error) ?? '')) throw error;
    }
  }
}

/** A client whose reads fail as the storage's do, for those who read entities with it. */
export function unavailableWhenAway(client: PrismaClient): PrismaClient {
  return client.$extends({
    query: { $allOperations: ({ args, query }) => guarded(() => query(args)) },
  }) as unknown as PrismaClient;
}
