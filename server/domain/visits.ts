import { filterReason, senderReason } from './bots.ts';
import type { Caller } from './caller.ts';
import type { Traits } from './dimensions/dimension.ts';
import { traitsOf } from './dimensions/traits.ts';
import { DomainError } from './errors.ts';
import type { FilterReason } from './filter-reason.ts';
import { type Keyring, VISIT_LIFETIME_MS } from './keyring.ts';
import type { Limits } from './limits.ts';
import type { Pages } from './pages.ts';
import type { Clock, CountryLookup, RandomBytes, Storage } from './ports.ts';
import type { Pseudonyms } from './pseudonyms.ts';
import type { Senders } from './senders.ts';
import type { Site } from './site.ts';
import type { Sites } from './sites.ts';
import type { SealedVisit } from './visit.ts';
import { expiredVisit } from './visit-id.ts';

const NONCE_SIZE = 6;

/** A page view that has begun. */
export interface Registration {
  /** Sealed; good for {@link VISIT_LIFETIME_MS}. */
  readonly visitId: string;
  /** Visible seconds to wait before `postSleep`. */
  readonly minDelaySecs: number;
}

/** Where a reader came from, as the page says it. What is no referrer and no campaign is none; nothing fails for it. */
export interface Arrival {
  /** URL or origin of the page that led here. */
  readonly referrer?: string | null | undefined;
  /** Query string of the page's own URL, for its campaign. */
  readonly query?: string | null | undefined;
}

/** Which page a request is about. */
export interface PageReference {
  readonly site?: string | null | undefined;
  readonly path: string;
}

/**
 * The three steps of a visit, and the one of a pixel view. Bots are answered as anybody is, and count nowhere but
 * among the hits that were kept out. Every step takes one from the caller's budget, and throws DomainError
 * `RATE_LIMITED` where that is used up.
 */
export interface Visits {
  /**
   * Begins a page view. Nothing is stored but a page seen for the first time, and that a bot was kept out.
   * @throws DomainError as {@link Sites.tracked} and {@link Pages.findOrValidate}
   */
  register(input: PageReference, caller: Caller): Promise<Registration>;
  /**
   * Counts the visit once the minimum delay has passed; resolves when it is durable. `counted` is false where this
   * very visit was counted before: a replay changes nothing.
   * @throws DomainError `INVALID_VISIT_ID`, `VISIT_EXPIRED`, `VISIT_TOO_EARLY`, `ORIGIN_NOT_ALLOWED`,
   * `SITE_NOT_FOUND`, `PAGE_NOT_FOUND` or `UNAVAILABLE`
   */
  postSleep(
    input: Arrival & { readonly visitId: string },
    caller: Caller,
  ): Promise<{ readonly counted: boolean }>;
  /**
   * Takes the visible seconds so far; the largest report stands, capped by the time since the registration.
   * @throws DomainError `INVALID_ARGUMENT`, `INVALID_VISIT_ID`, `VISIT_EXPIRED`, `VISIT_NOT_COUNTED`,
   * `ORIGIN_NOT_ALLOWED`, `SITE_NOT_FOUND` or `UNAVAILABLE`
   */
  pageLeft(
    input: { readonly visitId: string; readonly secondsOnPage: number },
    caller: Caller,
  ): Promise<{ readonly spentSeconds: number }>;
  /**
   * Counts a view of a page that cannot say how long it is read, at once. It is no visit and has no visitor.
   * @throws DomainError as {@link register}, or `UNAVAILABLE`
   */
  view(input: PageReference & Arrival, caller: Caller): Promise<void>;
}

export interface VisitsOptions {
  readonly storage: Pick<Storage, 'countVisit' | 'reportLeave' | 'countFiltered'>;
  readonly sites: Sites;
  readonly pages: Pages;
  readonly keyring: Keyring;
  readonly pseudonyms: Pseudonyms;
  readonly senders: Senders;
  readonly limits: Pick<Limits, 'take' | 'takeNewPage'>;
  readonly country: CountryLookup;
  readonly clock: Clock;
  readonly randomBytes: RandomBytes;
}

export function createVisits(options: VisitsOptions): Visits {
  const { storage, sites, pages, keyring, pseudonyms, senders, limits, country, clock, randomBytes } =
    options;

  async function open(visitId: string): Promise<SealedVisit> {
    const visit = await keyring.open(visitId);
    if (clock() - visit.registeredAt > VISIT_LIFETIME_MS) throw expiredVisit();
    return visit;
  }

  function newNonce(): number {
    return Buffer.from(randomBytes(NONCE_SIZE)).readUIntBE(0, NONCE_SIZE);
  }

  /** @returns whether there is a reason to keep the hit out */
  async function keepOut({ id: siteId }: Site, reason: FilterReason | null): Promise<boolean> {
    if (reason !== null) await storage.countFiltered({ siteId, at: clock(), reason });
    return reason !== null;
  }

  function traits(site: Site, { referrer, query }: Arrival, caller: Caller): Traits {
    return traitsOf({ caller, referrer, query, ownOrigins: site.baseUrls, country });
  }

  return {
    async register({ site: slug, path }, caller) {
      const sender = await senders.of(caller);
      await limits.take('tracking', sender.limited);
      const site = await sites.tracked(slug, caller);
      const reader = sender.on(site);
      const page = await pages.findOrValidate(site, path, { admit: () => limits.takeNewPage(site, reader) });
      const filtered = await keepOut(site, senderReason(reader));
      const key = { siteId: site.id, pageId: page.id, registeredAt: clock(), nonce: newNonce() };
      return { visitId: keyring.seal({ ...key, filtered }), minDelaySecs: site.minDelaySecs };
    },

    async postSleep({ visitId, ...arrival }, caller) {
      const sender = await senders.of(caller);
      await limits.take('tracking', sender.limited);
      const { filtered, ...visit } = await open(visitId);
      const site = await sites.ofVisit(visit.siteId, caller);
      const remainingMs = visit.registeredAt + site.minDelaySecs * 1000 - clock();
      if (remainingMs > 0) {
        const retryAfterSecs = Math.ceil(remainingMs / 1000);
        throw new DomainError(
          'VISIT_TOO_EARLY',
          `The visit counts after ${site.minDelaySecs} s: ${retryAfterSecs} s are left.`,
          { retryAfterSecs },
        );
      }
      const reader = sender.on(site);
      if (filtered || (await keepOut(site, filterReason(reader)))) return { counted: true };
      const outcome = await storage.countVisit({
        ...visit,
        kind: 'visit',
        traits: traits(site, arrival, reader),
        visitor: await pseudonyms.visitorOf(site, reader, visit.registeredAt),
      });
      if (outcome === 'page gone') {
        pages.forget(visit.siteId, visit.pageId);
        throw new DomainError('PAGE_NOT_FOUND', 'The page of this visit is gone.');
      }
      return { counted: outcome === 'counted' };
    },

    async pageLeft({ visitId, secondsOnPage }, caller) {
      if (!Number.isSafeInteger(secondsOnPage) || secondsOnPage < 0) {
        throw new DomainError(
          'INVALID_ARGUMENT',
          `secondsOnPage is ${secondsOnPage}; it must be a whole number of seconds, 0 or more.`,
        );
      }
      const sender = await senders.of(caller);
      await limits.take('tracking', sender.limited);
      const { filtered, ...visit } = await open(visitId);
      const reader = sender.on(await sites.ofVisit(visit.siteId, caller));
      const elapsedSecs = Math.max(0, Math.floor((clock() - visit.registeredAt) / 1000));
      const seconds = Math.min(secondsOnPage, elapsedSecs);
      // What was kept out when it began was counted there.
      if (filtered || senderReason(reader) !== null) return { spentSeconds: seconds };
      const outcome = await storage.reportLeave({ ...visit, seconds });
      if (outcome === 'not counted') {
        throw new DomainError('VISIT_NOT_COUNTED', 'The visit never counted, so nothing was left.');
      }
      return outcome;
    },

    async view({ site: slug, path, ...arrival }, caller) {
      const sender = await senders.of(caller);
      await limits.take('tracking', sender.limited);
      const site = await sites.tracked(slug, caller);
      const reader = sender.on(site);
      const page = await pages.findOrValidate(site, path, { admit: () => limits.takeNewPage(site, reader) });
      if (await keepOut(site, filterReason(reader))) return;
      const outcome = await storage.countVisit({
        siteId: site.id,
        pageId: page.id,
        registeredAt: clock(),
        nonce: newNonce(),
        kind: 'pixel',
        traits: traits(site, arrival, reader),
        visitor: null,
      });
      if (outcome === 'page gone') {
        pages.forget(site.id, page.id);
        throw new DomainError('PAGE_NOT_FOUND', `The page ${page.path} is gone.`);
      }
    },
  };
}
