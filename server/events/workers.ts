import type { Commit, EventBus } from '../domain/ports.ts';
import type { Visit } from '../domain/visit.ts';
import { createInProcessBus } from './in-process.ts';

// What a subscriber keeps of a stream of visits is less, and that many pages are not looked at on one machine.
const WAITING_VISITS = 1_000;
const WAITING_PAGES = 10_000;

/** What carries commits between this process and the other workers of the machine. */
export interface CommitChannel {
  /** @param sent called when there is room for the next one, be it that this one was lost */
  send(commit: Commit, sent: () => void): void;
  /** Told of every commit of another worker. */
  receive(listener: (commit: Commit) => void): void;
}

/**
 * The bus of a worker: what it publishes is heard here at once and on the other workers soon after.
 * @param failed told of a listener that throws
 */
export function createWorkersBus(channel: CommitChannel, failed: (error: unknown) => void): EventBus {
  const here = createInProcessBus(failed);
  const tellOthers = createOutbox(channel.send);
  channel.receive(here.publish);
  return {
    publish(commit) {
      here.publish(commit);
      tellOthers(commit);
    },
    subscribe: here.subscribe,
  };
}

/**
 * Sends one commit at a time and never waits. Those that come meanwhile become one, in which a page has the newest it
 * stood at: whoever is slow sees fewer steps and the same end, and takes the memory of two commits. Of visits and pages
 * that are too many even so, the oldest give way.
 */
export function createOutbox(send: CommitChannel['send']): (commit: Commit) => void {
  let sending = false;
  let waiting: Waiting | null = null;

  function sendOn(commit: Commit): void {
    sending = true;
    send(commit, () => {
      sending = false;
      const next = waiting;
      waiting = null;
      if (next) sendOn(next.commit());
    });
  }

  return (commit) => {
    if (!sending) return sendOn(commit);
    waiting ??= createWaiting();
    waiting.add(commit);
  };
}

/** Commits that become one. */
interface Waiting {
  add(commit: Commit): void;
  commit(): Commit;
}

function createWaiting(): Waiting {
  let counted: Visit[] = [];
  const pages = createNewest<Commit['pages'][number]>(({ views }) => views);
  const voted = createNewest<Commit['voted'][number]>(({ changes }) => changes);
  const sites = new Set<number>();
  return {
    add(commit) {
      counted = [...counted, ...commit.counted].slice(-WAITING_VISITS);
      for (const page of commit.pages) pages.add(page);
      for (const page of commit.voted) voted.add(page);
      for (const site of commit.sites) sites.add(site);
    },
    commit: () => ({ counted, pages: pages.all(), voted: voted.all(), sites: [...sites] }),
  };
}

/** The newest of each page: that with the greatest number, since workers commit in one order and tell in another. */
function createNewest<T extends { readonly siteId: number; readonly path: string }>(
  numberOf: (page: T) => number,
) {
  const byPage = new Map<string, T>();
  return {
    add(page: T) {
      const key = `${page.siteId}${page.path}`;
      const known = byPage.get(key);
      if (known && numberOf(known) > numberOf(page)) return;
      byPage.delete(key);
      byPage.set(key, page);
      if (byPage.size > WAITING_PAGES) byPage.delete(byPage.keys().next().value as string);
    },
    all: () => [...byPage.values()],
  };
}
