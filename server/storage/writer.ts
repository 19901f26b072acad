import { DomainError } from '../domain/errors.ts';
import type { CountOutcome, FilteredHit, LeaveOutcome } from '../domain/ports.ts';
import type { LeaveReport, NewVisit, VisitKey } from '../domain/visit.ts';
import type { BatchResult } from './database.ts';
import type { Intake } from './label-batch.ts';

/** Visits and reports in one transaction at most: large enough that its fixed cost does not matter. */
const MAX_BATCH = 1_000;
/** What may wait; more is refused at once, so that answers stay bounded in time and memory when writing is slow. */
const MAX_WAITING = 20_000;
const RETRY_AFTER_SECS = 2;
/** Whoever waited longer for a batch that failed does not wait for the next one to fail, in milliseconds. */
const PATIENCE_MS = 1_000;

/**
 * Group commit: whatever arrives while a transaction runs goes into the next one, so a busy service writes large
 * batches and a quiet one answers after a single small commit. There is no timer to tune.
 */
export interface Writer {
  countVisit(visit: NewVisit): Promise<CountOutcome>;
  reportLeave(report: LeaveReport): Promise<LeaveOutcome>;
  countFiltered(hit: FilteredHit): Promise<void>;
  /** Resolves when everything accepted so far is settled. */
  drained(): Promise<void>;
}

/** Told of what a writer does. */
export interface WriterObserver {
  /** Once, at the beginning. @param waiting how much waits to be written */
  watching(waiting: () => number): void;
  /** After each transaction, with what was in it and how long it took. */
  wrote(size: number, ms: number, outcome: 'written' | 'failed'): void;
  /** Something was refused, since too much waits. */
  full(): void;
}

export interface WriterOptions {
  readonly apply: (intake: Intake) => Promise<BatchResult>;
  /** Which of these pages exist; asked about visits that were not new, to tell a replay from a deleted page. */
  readonly existingPages: (ids: readonly number[]) => Promise<ReadonlySet<number>>;
  /** Told after the commit and before the callers are. */
  readonly committed: (result: BatchResult, intake: Intake) => void;
  readonly observer?: WriterObserver | undefined;
}

/** Something handed in, since when, and how to answer whoever did. */
interface Waiting<Item, Outcome> extends Told<Outcome> {
  readonly item: Item;
}
interface Told<Outcome> {
  readonly resolve: (outcome: Outcome) => void;
  readonly reject: (error: unknown) => void;
  /** When it was handed in, on a clock that never jumps. */
  readonly since: number;
}
type Entry =
  | ({ readonly kind: 'visit' } & Waiting<NewVisit, CountOutcome>)
  | ({ readonly kind: 'leave' } & Waiting<LeaveReport, LeaveOutcome>)
  | ({ readonly kind: 'filtered' } & Waiting<FilteredHit, void>);

/** What goes into one transaction, with those who wait for it. */
interface Waitings {
  readonly visits: readonly Waiting<NewVisit, CountOutcome>[];
  readonly leaves: readonly Waiting<LeaveReport, LeaveOutcome>[];
  readonly filtered: readonly Waiting<FilteredHit, void>[];
}

export function createWriter({ apply, existingPages, committed, observer }: WriterOptions): Writer {
  // One queue for all kinds, so that a report never overtakes its visit.
  let waiting: Entry[] = [];
  let running: Promise<void> | undefined;
  observer?.watching(() => waiting.length);

  function enqueue(entry: Entry): void {
    if (waiting.length >= MAX_WAITING) {
      observer?.full();
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

  function handIn<Outcome>(entryOf: (told: Told<Outcome>) => Entry): Promise<Outcome> {
    return new Promise((resolve, reject) => enqueue(entryOf({ resolve, reject, since: performance.now() })));
  }

  async function run(): Promise<void> {
    // Requests that came with this one, in the same turn of the event loop, are still to be handed in.
    await new Promise(setImmediate);
    while (waiting.length > 0) {
      const entries = waiting.slice(0, MAX_BATCH);
      const visits = entries.filter((entry) => entry.kind === 'visit');
      const leaves = entries.filter((entry) => entry.kind === 'leave');
      const begun = new Set(leaves.length > 0 ? visits.map(({ item }) => keyOf(item)) : []);
      // One statement does not see what another part of it wrote: a report waits until its visit is there.
      const early = leaves.filter(({ item }) => begun.has(keyOf(item)));
      waiting = [...early, ...waiting.slice(MAX_BATCH)];
      await write({
        visits,
        leaves: leaves.filter(({ item }) => !begun.has(keyOf(item))),
        filtered: entries.filter((entry) => entry.kind === 'filtered'),
      });
    }
    // In the same turn as the last look at the queue: what comes next starts a run of its own.
    running = undefined;
  }

  async function write({ visits, leaves, filtered }: Waitings): Promise<void> {
    try {
      const intake = {
        visits: distinctVisits(visits),
        leaves: largestReports(leaves),
        filtered: filtered.map(({ item }) => item),
      };
      if (intake.visits.length + intake.leaves.length + intake.filtered.length === 0) return;
      const result = await observed(intake);
      if (result.counted.length + result.left.length > 0) tell(result, intake);
      for (const { resolve } of filtered) resolve();
      const counted = new Set(result.counted.map(keyOf));
      const first = new Set(counted);
      for (const { item, resolve } of visits) {
        const key = keyOf(item);
        // Of one visit handed in twice at once, only one call counted it.
        if (first.delete(key)) resolve('counted');
        else if (counted.has(key)) resolve('counted before');
      }
      const standing = new Map(result.left.map((row) => [keyOf(row), row.spentSeconds]));
      for (const { item, resolve } of leaves) {
        const spentSeconds = standing.get(keyOf(item));
        resolve(spentSeconds === undefined ? 'not counted' : { spentSeconds });
      }
      if (counted.size === visits.length) return;
      const replays = visits.filter(({ item }) => !counted.has(keyOf(item)));
      if (replays.length === 0) return;
      const pages = await existingPages([...new Set(replays.map(({ item }) => item.pageId))]);
      for (const { item, resolve } of replays)
        resolve(pages.has(item.pageId) ? 'counted before' : 'page gone');
    } catch (error) {
      // Those that were answered stay answered: settling a promise again does nothing.
      for (const { reject } of [...visits, ...leaves, ...filtered]) reject(error);
      refuseLate(error);
    }
  }

  async function observed(intake: Intake): Promise<BatchResult> {
    const size = intake.visits.length + intake.leaves.length + intake.filtered.length;
    const begun = performance.now();
    let outcome: 'written' | 'failed' = 'failed';
    try {
      const result = await apply(intake);
      outcome = 'written';
      return result;
    } finally {
      observer?.wrote(size, performance.now() - begun, outcome);
    }
  }

  /** A batch fails late where the database says nothing: who waited for that need not find out once more. */
  function refuseLate(error: unknown): void {
    if (!(error instanceof DomainError)) return;
    const border = performance.now() - PATIENCE_MS;
    for (const { since, reject } of waiting) if (since < border) reject(error);
    waiting = waiting.filter(({ since }) => since >= border);
  }

  /** What is on disk is not undone by whoever fails to hear of it: that loses liveness, never data. */
  function tell(result: BatchResult, intake: Intake): void {
    try {
      committed(result, intake);
    } catch {
      // The event bus reports its listeners' failures itself.
    }
  }

  return {
    countVisit: (item) => handIn((told) => ({ kind: 'visit', item, ...told })),
    reportLeave: (item) => handIn((told) => ({ kind: 'leave', item, ...told })),
    countFiltered: (item) => handIn((told) => ({ kind: 'filtered', item, ...told })),
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
