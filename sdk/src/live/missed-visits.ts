import { counts, history } from '../generated/operations.ts';
import type { Visit } from '../generated/types.ts';
import type { OxicountError } from '../oxicount-error.ts';
import type { Request, Variables } from '../request.ts';

/** Visits that are remembered, so that none is told twice. */
const KNOWN = 10_000;
/** Visits of a page that are read at a time, and that are looked at in all: an import may have brought a million. */
const READ = 100;
const LOOK = 1_000;
/** The most pages that an instance tells of at a time. */
const PAGES = 10_000;

interface SomeVisits {
  readonly visits: readonly Visit[];
  /** All visits of the page. */
  readonly total: number;
  /** Where to read on; null at the end. */
  readonly next: string | null;
}

/**
 * Finds the visits that were counted while a subscription to them had no connection.
 *
 * Totals tell how many are missing: what an instance has of a page beyond what it had in the beginning and what was
 * told since. They are then read from the history of the page, the newest first. So none is missed, and none is told
 * twice. Where a visit was registered before others of its page that had been counted when the subscription began, one
 * of those may be told in its place.
 */
export class MissedVisits {
  readonly #request: Request;
  readonly #site: string | undefined;
  readonly #path: string | undefined;
  readonly #known = new Set<string>();
  /** By path; a subscription to one page knows it by one name only, however the caller spells its path. */
  #totals: Map<string, number> | undefined;

  constructor(request: Request, { site, path }: Variables) {
    this.#request = request;
    this.#site = site as string | undefined;
    this.#path = path as string | undefined;
  }

  /** Notes what there is already. Where that cannot be had now, `find` does it. */
  async begin(signal: AbortSignal): Promise<void> {
    try {
      this.#totals = await this.#read(signal, (id) => this.#known.add(id));
    } catch {
      // The instance is away, or does not tell us.
    }
  }

  /** Whether a visit is new; it is not any more then. */
  admit({ id, path }: Visit): boolean {
    if (this.#known.has(id)) return false;
    this.#known.add(id);
    if (this.#known.size > KNOWN) this.#known.delete(this.#known.values().next().value as string);
    const key = this.#path === undefined ? path : '';
    this.#totals?.set(key, (this.#totals.get(key) ?? 0) + 1);
    return true;
  }

  /** What is missing now, the oldest first. It is not any more then. */
  async find(signal: AbortSignal): Promise<readonly Visit[]> {
    const totals = this.#totals;
    if (!totals) {
      await this.begin(signal);
      return [];
    }
    const found: Visit[] = [];
    for (const [key, total] of await this.#read(signal)) {
      // Visits that arrive meanwhile are admitted, and so are not missing any more.
      const missing = () => (totals.get(key) ?? 0) < total;
      let after: string | null | undefined;
      for (let read = 0; missing() && read < LOOK && after !== null; read += READ) {
        const { visits, next } = await this.#page(this.#path ?? key, after, signal);
        for (const visit of visits) if (missing() && this.admit(visit)) found.push(visit);
        after = next;
      }
      if (missing()) totals.set(key, total);
    }
    return found.sort((a, b) => a.registeredAt.localeCompare(b.registeredAt));
  }

  /** Visits by path, in one request. What it tells of single visits goes to `note`. */
  async #read(signal: AbortSignal, note: (id: string) => void = () => {}): Promise<Map<string, number>> {
    const site = this.#site;
    if (this.#path === undefined) {
      const pages = (await this.#request(counts, { site, first: PAGES }, { signal })).counts;
      return new Map(pages.map(({ path, count }) => [path, count]));
    }
    const { visits, total } = await this.#page(this.#path, undefined, signal);
    for (const { id } of visits) note(id);
    return new Map([['', total]]);
  }

  /** Some visits of a page, the newest first. A page that nobody opened yet is unknown, and has none. */
  async #page(path: string, after: string | undefined, signal: AbortSignal): Promise<SomeVisits> {
    const variables = { site: this.#site, path, first: READ, after };
    try {
      const { edges, pageInfo, totalCount } = (await this.#request(history, variables, { signal })).history;
      return {
        visits: edges.map(({ node }) => node),
        total: totalCount,
        next: pageInfo.hasNextPage ? pageInfo.endCursor : null,
      };
    } catch (error) {
      if ((error as OxicountError).code !== 'PAGE_NOT_FOUND') throw error;
      return { visits: [], total: 0, next: null };
    }
  }
}
