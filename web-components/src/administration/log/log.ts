import { Listing } from '../../client/listing.ts';
import type { PageClient } from '../../client/page-client.ts';
import { LOG, type LogEntry } from '../administered.ts';
import { Attempt } from '../attempt.ts';

/** How many entries are read at once. */
const AT_ONCE = 50;

/** What of the log was read. */
export interface LogPart {
  readonly entries: readonly LogEntry[];
  /** Whether there may be older ones. */
  readonly more: boolean;
}

/** The log of a site, or of all that may be administered: its newest entries, and older ones as they are asked for. */
export class Log {
  readonly #client: PageClient;
  readonly listing: Listing<LogPart>;
  /** The reading of older entries. */
  readonly older: Attempt;
  #site: string | null = null;

  constructor(client: PageClient, changed: () => void) {
    this.#client = client;
    this.listing = new Listing((signal) => this.#read(undefined, signal), changed);
    this.older = new Attempt([], changed);
  }

  /** Reads the log of a site, null for all, unless that is done. */
  need(site: string | null): void {
    if (site !== this.#site) this.forget();
    this.#site = site;
    this.listing.need();
  }

  async readOlder(): Promise<void> {
    const { listing } = this;
    const before = listing.value;
    const last = before?.entries.at(-1);
    if (!before || !last) return;
    await this.older.run(async () => {
      const { entries, more } = await this.#read(last.id);
      if (listing.value === before) listing.value = { entries: [...before.entries, ...entries], more };
    });
  }

  forget(): void {
    this.listing.forget();
    this.older.refusal = undefined;
  }

  async #read(before: string | undefined, signal?: AbortSignal): Promise<LogPart> {
    const asked = { site: this.#site, first: AT_ONCE, before };
    const { entries } = await this.#client.request(LOG, asked, { signal });
    return { entries, more: entries.length === AT_ONCE };
  }
}
