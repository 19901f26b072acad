import { DomainError } from '../errors.ts';
import type { Commit, EventBus } from '../ports.ts';
import type { Schedule } from '../schedule.ts';
import type { Follow, Follower } from './follow.ts';
import type { ReadAgain } from './read-again.ts';

/** The rest after a change was told: nobody sees more than four a second, and of those between only the newest. */
const REST_MS = 250;
// Where the storage was away when something was to be read again.
const RETRY_MS = 2_000;

/** A page, of which something is followed. */
export interface FollowedPage {
  readonly siteId: number;
  readonly path: string;
}

export interface StandingOptions<T> {
  /** What is followed, among all that {@link readAgain} reads. */
  readonly name: string;
  readonly read: (page: FollowedPage) => Promise<T>;
  /** Pages that a commit changed, with what they stood at after it. */
  readonly changed: (commit: Commit) => readonly (FollowedPage & T)[];
  /** Greater in the newer of two values. */
  readonly numberOf: (value: T) => number;
  readonly events: Pick<EventBus, 'subscribe'>;
  readonly schedule: Schedule;
  readonly readAgain: ReadAgain;
}

/** What pages stand at, for any number who follow them. */
export interface Standing<T> {
  /** Tells of a page: what it stands at, then each change, those within the rest after one joined to the newest. */
  follow(page: FollowedPage): Follow<T>;
}

/** One page, with those who follow it. */
interface Followed<T> {
  readonly join: Follow<T>;
  tell(value: T): void;
  readAgain(): void;
}

/**
 * A commit is looked at once, however many follow: its pages are looked up among those that anybody follows. Who comes
 * is told what is read, since nobody knows how long ago the commits of other replicas were last heard.
 */
export function createStanding<T>(options: StandingOptions<T>): Standing<T> {
  const { changed, events } = options;
  const followed = new Map<string, Followed<T>>();
  let stopListening = () => {};

  function listen(): void {
    stopListening = events.subscribe(
      (commit) => {
        for (const page of changed(commit)) followed.get(keyOf(page))?.tell(page);
      },
      () => {
        for (const page of followed.values()) page.readAgain();
      },
    );
  }

  return {
    follow: (page) => (follower) => {
      const key = keyOf(page);
      let one = followed.get(key);
      if (!one) {
        if (followed.size === 0) listen();
        one = followPage(page, options, () => {
          followed.delete(key);
          if (followed.size === 0) stopListening();
        });
        followed.set(key, one);
      }
      return one.join(follower);
    },
  };
}

/** @param ended called when the last follower left */
function followPage<T>(
  page: FollowedPage,
  { name, read, numberOf, schedule, readAgain }: StandingOptions<T>,
  ended: () => void,
): Followed<T> {
  const followers = new Set<Follower<T>>();
  const what = `${name} ${keyOf(page)}`;
  const readPage = () => readAgain(what, () => read(page));
  let newest: T | undefined;
  let rests = false;
  let hasNews = false;
  let cancelRest = () => {};
  let cancelRetry = () => {};

  function tell(value: T): void {
    // Replicas commit in one order and publish in another: what is older than what was told is no news.
    if (newest !== undefined && numberOf(value) <= numberOf(newest)) return;
    newest = value;
    if (rests) hasNews = true;
    else tellAll(value);
  }

  function tellAll(value: T): void {
    hasNews = false;
    for (const follower of followers) follower.tell(value);
    rests = true;
    cancelRest = schedule(() => {
      rests = false;
      if (hasNews && newest !== undefined) tellAll(newest);
    }, REST_MS);
  }

  async function readNow(): Promise<void> {
    cancelRetry();
    try {
      tell(await readPage());
    } catch (error) {
      if (followers.size === 0) return;
      if (error instanceof DomainError) cancelRetry = schedule(readNow, RETRY_MS);
      else for (const { fail } of followers) fail(error);
    }
  }

  function begin(follower: Follower<T>, present: T): void {
    if (!followers.has(follower)) return;
    if (newest === undefined) newest = present;
    tell(present);
    follower.tell(newest);
  }

  return {
    tell,
    readAgain: () => void readNow(),
    join(follower) {
      followers.add(follower);
      readPage().then((present) => begin(follower, present), follower.fail);
      return () => {
        followers.delete(follower);
        if (followers.size > 0) return;
        cancelRest();
        cancelRetry();
        ended();
      };
    },
  };
}

function keyOf({ siteId, path }: FollowedPage): string {
  return `${siteId} ${path}`;
}
