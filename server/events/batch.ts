import type { Change, Commit } from '../domain/ports.ts';
import type { Batch } from './wire.ts';

/** Gathers what is to be told at once. Commits may be told of in another order than they were made. */
export interface Gathered {
  add(commit: Commit): void;
  change(change: Change): void;
  isEmpty(): boolean;
  /** How many things are in it. */
  size(): number;
  /** Takes all of it out, of each page only what it stands at in the end. */
  take(): Batch;
}

export function createGathered(): Gathered {
  let counted: Commit['counted'][number][] = [];
  let changes: Change[] = [];
  const pages = new Map<string, Commit['pages'][number]>();
  const voted = new Map<string, Commit['voted'][number]>();
  const sites = new Set<number>();
  const size = () => counted.length + pages.size + voted.size + sites.size + changes.length;

  return {
    add(commit) {
      counted.push(...commit.counted);
      for (const page of commit.pages) {
        if (page.views >= (pages.get(keyOf(page))?.views ?? 0)) pages.set(keyOf(page), page);
      }
      for (const tally of commit.voted) {
        if (tally.changes >= (voted.get(keyOf(tally))?.changes ?? 0)) voted.set(keyOf(tally), tally);
      }
      for (const site of commit.sites) sites.add(site);
    },
    change(change) {
      changes.push(change);
    },
    isEmpty: () => size() === 0,
    size,
    take() {
      const commit = {
        counted,
        pages: [...pages.values()],
        voted: [...voted.values()],
        sites: [...sites],
      };
      const batch = { commit, changes };
      counted = [];
      changes = [];
      pages.clear();
      voted.clear();
      sites.clear();
      return batch;
    },
  };
}

function keyOf({ siteId, path }: { readonly siteId: number; readonly path: string }): string {
  return `${siteId} ${path}`;
}
