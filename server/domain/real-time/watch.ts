import { DomainError } from '../errors.ts';
import type { Instant } from '../instant.ts';
import type { Clock } from '../ports.ts';
import { restAfter } from '../rest.ts';
import type { Schedule } from '../schedule.ts';
import type { RecentVisit } from '../statistics/figures.ts';
import { isEmpty, nextTurn, type Place, type Present, presentsOf, STAY_MS } from './present.ts';

// The shortest rest after a read: nobody sees more than one change a second.
const REST_MS = 1_000;

/** Somebody who looks at a place. */
export interface Watcher {
  readonly place: Place;
  tell(present: Present): void;
  /** Ends it with what went wrong. */
  fail(error: unknown): void;
}

/** Looks at one site on behalf of all who watch it or its pages. */
export interface Watch {
  /**
   * Tells the watcher the present, as soon as it is known, and each change.
   * @returns a function that ends that, to be called once
   */
  join(watcher: Watcher): () => void;
  /** Reads and tells no more. */
  close(): void;
}

export interface WatchOptions {
  /** All visits and pixel views of the site registered since then, newest last. */
  readonly read: (since: Instant) => Promise<readonly RecentVisit[]>;
  /** Told of every change on the site until the returned function is called. */
  readonly listen: (changed: () => void) => () => void;
  readonly clock: Clock;
  readonly schedule: Schedule;
  /** Called when nobody watches, and a read now would not come too soon after the last. */
  readonly ended: () => void;
}

/** A present, and what of it is compared with what was told before. */
interface News {
  readonly present: Present;
  readonly text: string;
}

/**
 * Reads the visits when something changed, and when time alone changes what they mean: at once, but never during a read
 * or the rest after it. What happens meanwhile is in the next read.
 *
 * While the storage is away what was read before stands, and each rest is followed by another try. Watchers that have
 * nothing yet are failed; so are all by an error that is no DomainError, which is a mistake of ours.
 */
export function createWatch({ read, listen, clock, schedule, ended }: WatchOptions): Watch {
  // With the text that each was told last.
  const watchers = new Map<Watcher, string | null>();
  let newsOf: ((place: Place) => News) | undefined;
  let turnsAt: Instant | null = null;
  // Of the read before the rest, where there was none that went well.
  let failure: unknown;
  let isStale = true;
  // Reading, or resting after it.
  let isBusy = false;
  let isClosed = false;
  let stopListening = () => {};
  let cancelTimer = () => {};

  async function refresh(): Promise<void> {
    isBusy = true;
    isStale = false;
    const begun = clock();
    try {
      const visits = await read(begun - STAY_MS);
      const at = clock();
      newsOf = newsAbout(visits, at);
      turnsAt = nextTurn(visits, at);
    } catch (error) {
      isStale = true;
      failure = error;
      if (!newsOf || !(error instanceof DomainError)) for (const { fail } of watchers.keys()) fail(error);
    }
    if (isClosed) return;
    for (const watcher of watchers.keys()) tell(watcher);
    cancelTimer = schedule(goOn, restAfter(clock() - begun, REST_MS));
  }

  function goOn(): void {
    isBusy = false;
    if (watchers.size === 0) ended();
    else if (isStale) void refresh();
    else if (turnsAt !== null) cancelTimer = schedule(changed, Math.max(0, turnsAt - clock()));
  }

  function changed(): void {
    isStale = true;
    if (isBusy) return;
    cancelTimer();
    void refresh();
  }

  function tell(watcher: Watcher): void {
    const news = newsOf?.(watcher.place);
    if (!news || news.text === watchers.get(watcher)) return;
    watchers.set(watcher, news.text);
    watcher.tell(news.present);
  }

  function leave(watcher: Watcher): void {
    watchers.delete(watcher);
    if (watchers.size > 0) return;
    stopListening();
    isStale = true;
    if (isBusy) return;
    cancelTimer();
    ended();
  }

  return {
    join(watcher) {
      if (watchers.size === 0) stopListening = listen(changed);
      watchers.set(watcher, null);
      // Not made to wait for the next try.
      if (!newsOf && failure !== undefined) watcher.fail(failure);
      tell(watcher);
      if (isStale && !isBusy) void refresh();
      return () => leave(watcher);
    },
    close() {
      isClosed = true;
      cancelTimer();
    },
  };
}

/** Made once for each place, however many watch it. */
function newsAbout(visits: readonly RecentVisit[], at: Instant): (place: Place) => News {
  const presentOf = presentsOf(visits, at);
  const made = new Map<Place, News>();
  return (place) => {
    let news = made.get(place);
    if (!news) {
      const present = presentOf(place);
      news = { present, text: textOf(present) };
      made.set(place, news);
    }
    return news;
  };
}

/** The same for presents that need not be told one after the other: those of an empty place differ in time only. */
function textOf(present: Present): string {
  const { visitors, pages, minutes } = present;
  return isEmpty(present) ? 'empty' : JSON.stringify({ visitors, pages, minutes });
}
