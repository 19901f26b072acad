import { DomainError } from '../domain/errors.ts';
import type { CountOutcome, LeaveOutcome, NewVisit } from '../domain/ports.ts';
import type { LeaveReport, VisitKey } from '../domain/visit.ts';
import type { Batch, BatchResult } from './database.ts';

/** Visits and reports in one transaction at most: large enough that its fixed cost does not matter. */
const MAX_BATCH = 1_000;
/** What may wait; more is refused at once, so that answers stay bounded in time and memory when writing is slow. */
const MAX_WAITING = 20_000;
const RETRY_AFTER_SECS = 2;

/**
 * Group commit: whatever arrives while a transaction runs goes into the next one, so a busy service writes large
 * batches and a quiet one answers after a single small commit. There is no timer to tune.
 */
export interface Writer {
  countVisit(visit: NewVisit): Promise<CountOutcome>;
  reportLeave(report: LeaveReport): Promise<LeaveOutcome>;
  /** Resolves when everything accepted so far is settled. */
  drained(): Promise<void>;
}

export interface WriterOptions {
  readonly apply: (batch: Batch) => Promise<BatchResult>;
  /** Which of these pages exist; asked about visits that were not new, to tell a replay from a deleted page. */
  readonly existingPages: (ids: readonly number[]) => Promise<ReadonlySet<number>>;
  /** Told after the commit and before the callers are. */
  readonly committed: (result: BatchResult, batch: Batch) => void;
}

/** Something handed in, and how to answer whoever did. */
interface Waiting<Item, Outcome> {
  readonly item: Item;
  readonly resolve: (outcome: Outcome) => void;
  readonly reject: (error: unknown) => void;
}
type Entry =
  | ({ readonly kind: 'visit' } & Waiting<NewVisit, CountOutcome>)
  | ({ readonly kind: 'leave' } & Waiting<LeaveReport, LeaveOutcome>);

export function createWriter({ apply, existingPages, committed }: WriterOptions): Writer {
  // One queue for both kinds, so that a report never overtakes its visit.
  let waiting: Entry[] = [];
  let running: Promise<void> | undefined;

  function enqueue(entry: Entry): void {
    if (waiting.length >= MAX_WAITING) {
      entry.reject(
        new DomainError('UNAVAILABLE', 'Too much is waiting to be written. Nothing was changed.', {
          retryAfterSecs: RETRY_AFTER_SECS,
        }),
      );
      return;
    }
    waiting.push(entry);
    running ??= run();
  }

  async function run(): Promise<void> {
    // Requests that came with this one, in the same turn of the event loop, are still to be handed in.
    await new Promise(setImmediate);
    while (waiting.length > 0) {
      const entries = waiting.slice(0, MAX_BATCH);
      waiting = waiting.slice(MAX_BATCH);
      await write(
        entries.filter((entry) => entry.kind === 'visit'),
        entries.filter((entry) => entry.kind === 'leave'),
      );
    }
    // In the same turn as the last look at the queue: what comes next starts a run of its own.
    running = undefined;
  }

  async function write(
    visits: readonly Waiting<NewVisit, CountOutcome>[],
    leaves: readonly Waiting<LeaveReport, LeaveOutcome>[],
  ): Promise<void> {
    try {
      const batch = { visits: distinctVisits(visits), leaves: largestReports(leaves) };
      const result = await apply(batch);
      if (result.counted.length > 0) committed(result, batch);
      const counted = new Set(result.counted.map(keyOf));
      const replays = batch.visits.filter((visit) => !counted.has(keyOf(visit)));
      const pages =
        replays.length === 0 ? new Set<number>() : await existingPages(replays.map(({ pageId }) => pageId));

      const first = new Set(counted);
      for (const { item, resolve } of visits) {
        const key = keyOf(item);
        // Of one visit handed in twice at once, only one call counted it.
        if (first.delete(key)) resolve('counted');
        else resolve(counted.has(key) || pages.has(item.pageId) ? 'counted before' : 'page gone');
      }
      const standing = new Map(result.left.map((row) => [keyOf(row), row.spentSeconds]));
      for (const { item, resolve } of leaves) {
        const spentSeconds = standing.get(keyOf(item));
        resolve(spentSeconds === undefined ? 'not counted' : { spentSeconds });
      }
    } catch (error) {
      for (const { reject } of [...visits, ...leaves]) reject(error);
    }
  }

  return {
    countVisit: (item) => new Promise((resolve, reject) => enqueue({ kind: 'visit', item, resolve, reject })),
    reportLeave: (item) =>
      new Promise((resolve, reject) => enqueue({ kind: 'leave', item, resolve, reject })),
    async drained() {
      while (running) await running;
    },
  };
}

function distinctVisits(visits: readonly { readonly item: NewVisit }[]): NewVisit[] {
  const distinct = new Map<string, NewVisit>();
  for (const { item } of visits) if (!distinct.has(keyOf(item))) distinct.set(keyOf(item), item);
  return [...distinct.values()];
}

function largestReports(leaves: readonly { readonly item: LeaveReport }[]): LeaveReport[] {
  const largest = new Map<string, LeaveReport>();
  for (const { item } of leaves) {
    const key = keyOf(item);
    const other = largest.get(key);
    if (!other || other.seconds < item.seconds) largest.set(key, item);
  }
  return [...largest.values()];
}

function keyOf({ siteId, pageId, registeredAt, nonce }: VisitKey): string {
  return `${siteId}:${pageId}:${registeredAt}:${nonce}`;
}
