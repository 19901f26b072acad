import type { Change, Commit } from '../domain/ports.ts';
import type { Visit } from '../domain/visit.ts';
import type { LocalBus } from './in-process.ts';

// What a subscriber keeps of a stream of visits is less, and that many pages are not looked at on one machine.
const WAITING_VISITS = 1_000;
const WAITING_PAGES = 10_000;
// So many changes are as good as any: all that is kept in memory is read again.
const WAITING_CHANGES = 100;

/** What the workers of a machine tell each other at once. */
export interface Told {
  readonly commit: Commit;
  readonly changes: readonly Change[];
  /** Whether some of what came before was given up, so that what stands has to be read again. */
  readonly lost: boolean;
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
export function createWorkersBus(channel: WorkersChannel, here: LocalBus): LocalBus {
  const tellOthers = createOutbox(channel.send);
  channel.receive(({ commit, changes, lost }) => {
    if (lost) here.miss();
    for (const change of changes) here.announce(change);
    here.publish(commit);
  });
  return {
    ...here,
    publish(commit) {
      here.publish(commit);
      tellOthers({ commit, changes: [], lost: false });
    },
    announce(change) {
      here.announce(change);
      tellOthers({ commit: NOTHING, changes: [change], lost: false });
    },
  };
}

/** What tells the others that something may have been lost, as with a worker that was killed. */
export const LOST: Told = { commit: NOTHING, changes: [], lost: true };

/**
 * Sends one at a time and never waits. Those that come meanwhile become one, in which a page has the newest it stood
 * at: whoever is slow sees fewer steps and the same end, and takes the memory of two. Of visits and pages that are too
 * many even so, the oldest give way, which is told.
 */
export function createOutbox(send: WorkersChannel['send']): (told: Told) => void {
  let sending = false;
  let waiting: Waiting | null = null;

  function sendOn(told: Told): void {
    sending = true;
    send(told, () => {
      sending = false;
      const next = waiting;
      waiting = null;
      if (next) sendOn(next.told());
    });
  }

  return (told) => {
    if (!sending) return sendOn(told);
    waiting ??= createWaiting();
    waiting.add(told);
  };
}

/** What becomes one. */
interface Waiting {
  add(told: Told): void;
  told(): Told;
}

function createWaiting(): Waiting {
  let counted: Visit[] = [];
  let changes: Change[] = [];
  let lost = false;
  const pages = createNewest<Commit['pages'][number]>(({ views }) => views);
  const voted = createNewest<Commit['voted'][number]>(({ changes: number }) => number);
  const sites = new Set<number>();
  return {
    add(told) {
      counted = [...counted, ...told.commit.counted];
      changes = [...changes, ...told.changes];
      lost ||= told.lost || counted.length > WAITING_VISITS || changes.length > WAITING_CHANGES;
      counted = counted.slice(-WAITING_VISITS);
      changes = changes.slice(-WAITING_CHANGES);
      for (const page of told.commit.pages) lost = pages.add(page) || lost;
      for (const page of told.commit.voted) lost = voted.add(page) || lost;
      for (const site of told.commit.sites) sites.add(site);
    },
    told: () => ({
      commit: { counted, pages: pages.all(), voted: voted.all(), sites: [...sites] },
      changes,
      lost,
    }),
  };
}

/** The newest of each page: that with the greatest number, since workers commit in one order and tell in another. */
function createNewest<T extends { readonly siteId: number; readonly path: string }>(
  numberOf: (page: T) => number,
) {
  const byPage = new Map<string, T>();
  return {
    /** @returns whether another had to give way */
    add(page: T): boolean {
      const key = `${page.siteId}${page.path}`;
      const known = byPage.get(key);
      if (known && numberOf(known) > numberOf(page)) return false;
      byPage.delete(key);
      byPage.set(key, page);
      return byPage.size > WAITING_PAGES && byPage.delete(byPage.keys().next().value as string);
    },
    all: () => [...byPage.values()],
  };
}
