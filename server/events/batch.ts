import type { Change, Commit } from '../domain/ports.ts';
import type { Batch } from './wire.ts';

/** Gathers what is to be told at once. Commits may be told of in another order than they were made. */
export interface Gathered {
  /** @returns whether something had to give way */
  add(commit: Commit): boolean;
  /** @returns whether another had to give way */
  change(change: Change): boolean;
  isEmpty(): boolean;
  /** How many things are in it. */
  size(): number;
  /** Takes all of it out, of each page only what it stands at in the end. */
  take(): Batch;
}

/** How many of them are kept at most; the oldest give way to others. */
export interface Bounds {
  readonly visits: number;
  readonly pages: number;
  readonly changes: number;
}

const UNBOUNDED: Bounds = {
  visits: Number.POSITIVE_INFINITY,
  pages: Number.POSITIVE_INFINITY,
  changes: Number.POSITIVE_INFINITY,
};

export function createGathered(bounds: Bounds = UNBOUNDED): Gathered {
  let counted: Commit['counted'][number][] = [];
  let changes: Change[] = [];
  const pages = createNewest<Commit['pages'][number]>(({ views }) => views, bounds.pages);
  const voted = createNewest<Commit['voted'][number]>(({ changes: number }) => number, bounds.pages);
  const sites = new Set<number>();
  const size = () => counted.length + pages.size() + voted.size() + sites.size + changes.length;

  return {
    add(commit) {
      counted.push(...commit.counted);
      let gaveWay = isCut(counted, bounds.visits);
      for (const page of commit.pages) gaveWay = pages.add(page) || gaveWay;
      for (const tally of commit.voted) gaveWay = voted.add(tally) || gaveWay;
      for (const site of commit.sites) sites.add(site);
      return gaveWay;
    },
    change(change) {
      changes.push(change);
      return isCut(changes, bounds.changes);
    },
    isEmpty: () => size() === 0,
    size,
    take() {
      const commit = { counted, pages: pages.take(), voted: voted.take(), sites: [...sites] };
      const batch = { commit, changes };
      counted = [];
      changes = [];
      sites.clear();
      return batch;
    },
  };
}

/** Takes out the first of what is too much. @returns whether there was such */
function isCut(list: unknown[], most: number): boolean {
  return list.splice(0, Math.max(0, list.length - most)).length > 0;
}

/** The newest of each page: that with the greatest number, since processes commit in one order and tell in another. */
function createNewest<T extends { readonly siteId: number; readonly path: string }>(
  numberOf: (page: T) => number,
  most: number,
) {
  const byPage = new Map<string, T>();
  return {
    size: () => byPage.size,
    /** @returns whether another had to give way */
    add(page: T): boolean {
      const key = `${page.siteId} ${page.path}`;
      const known = byPage.get(key);
      if (known && numberOf(known) > numberOf(page)) return false;
      byPage.delete(key);
      byPage.set(key, page);
      return byPage.size > most && byPage.delete(byPage.keys().next().value as string);
    },
    take(): T[] {
      const pages = [...byPage.values()];
      byPage.clear();
      return pages;
    },
  };
}
