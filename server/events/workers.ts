import type { Instant } from '../domain/instant.ts';
import type { Commit } from '../domain/ports.ts';
import { createGathered } from './batch.ts';
import type { LocalBus } from './in-process.ts';
import { type BusObserver, NO_OBSERVER } from './observer.ts';
import type { Batch } from './wire.ts';

/**
 * What waits for a worker that is slow. A subscriber keeps less of a stream of visits, that many pages are not looked at
 * on one machine, and so many changes are as good as any: all that is kept in memory is read again.
 */
const WAITING = { visits: 1_000, pages: 10_000, changes: 100 };

/** What the workers of a machine tell each other at once. */
export interface Told extends Batch {
  /** Whether some of what came before was given up, so that what stands has to be read again. */
  readonly lost: boolean;
  /** When the oldest of it was committed; null where it tells of nothing. */
  readonly at: Instant | null;
}

/** What carries this between this process and the other workers of the machine. */
export interface WorkersChannel {
  /** @param sent called when there is room for the next one, be it that this one was lost */
  send(told: Told, sent: () => void): void;
  /** Told of all that another worker tells. */
  receive(listener: (told: Told) => void): void;
}

const NOTHING: Commit = { counted: [], pages: [], voted: [], sites: [] };

/**
 * The bus of a worker: what it publishes is heard here at once and on the other workers soon after.
 * @param here whoever listens in this process
 */
export function createWorkersBus(
  channel: WorkersChannel,
  here: LocalBus,
  observer: BusObserver = NO_OBSERVER,
): LocalBus {
  const tellOthers = createOutbox((told, sent) => {
    observer.sent();
    channel.send(told, sent);
  });
  channel.receive(({ commit, changes, lost, at }) => {
    if (lost) {
      observer.missed();
      here.miss();
    }
    if (at !== null) observer.received(Date.now() - at);
    for (const change of changes) here.announce(change);
    here.publish(commit);
  });
  return {
    ...here,
    publish(commit) {
      here.publish(commit);
      tellOthers({ commit, changes: [], lost: false, at: Date.now() });
    },
    announce(change) {
      here.announce(change);
      tellOthers({ commit: NOTHING, changes: [change], lost: false, at: Date.now() });
    },
  };
}

/** What tells the others that something may have been lost, as with a worker that was killed. */
export const LOST: Told = { commit: NOTHING, changes: [], lost: true, at: null };

/**
 * Sends one at a time and never waits. Those that come meanwhile become one, in which a page has the newest it stood
 * at: whoever is slow sees fewer steps and the same end, and takes the memory of two. Of visits and pages that are too
 * many even so, the oldest give way, which is told.
 */
export function createOutbox(send: WorkersChannel['send']): (told: Told) => void {
  const waiting = createGathered(WAITING);
  let sending = false;
  let lost = false;
  let since: Instant | null = null;

  function sendOn(told: Told): void {
    sending = true;
    send(told, () => {
      sending = false;
      if (waiting.isEmpty() && !lost) return;
      const next = { ...waiting.take(), lost, at: since };
      lost = false;
      since = null;
      sendOn(next);
    });
  }

  return (told) => {
    if (!sending) return sendOn(told);
    since ??= told.at;
    lost = waiting.add(told.commit) || told.lost || lost;
    for (const change of told.changes) lost = waiting.change(change) || lost;
  };
}
