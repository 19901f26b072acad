import { DomainError } from './errors.ts';
import { type Keyring, VISIT_LIFETIME_MS } from './keyring.ts';
import type { Pages } from './pages.ts';
import type { Clock, RandomBytes, Storage } from './ports.ts';
import { normaliseReferrer } from './referrers.ts';
import type { Caller, Sites } from './sites.ts';
import type { VisitKey } from './visit.ts';
import { expiredVisit } from './visit-id.ts';

const NONCE_SIZE = 6;

/** A page view that has begun. */
export interface Registration {
  /** Sealed; good for {@link VISIT_LIFETIME_MS}. */
  readonly visitId: string;
  /** Visible seconds to wait before `postSleep`. */
  readonly minDelaySecs: number;
}

/** The three steps of a visit. */
export interface Visits {
  /**
   * Begins a page view. Nothing is stored but a page seen for the first time.
   * @throws DomainError as {@link Sites.tracked} and {@link Pages.findOrValidate}
   */
  register(
    input: { readonly site?: string | null | undefined; readonly path: string },
    caller: Caller,
  ): Promise<Registration>;
  /**
   * Counts the visit once the minimum delay has passed; resolves when it is durable. `counted` is false where this
   * very visit was counted before: a replay changes nothing.
   * @throws DomainError `INVALID_VISIT_ID`, `VISIT_EXPIRED`, `VISIT_TOO_EARLY`, `ORIGIN_NOT_ALLOWED`,
   * `SITE_NOT_FOUND`, `PAGE_NOT_FOUND` or `UNAVAILABLE`
   */
  postSleep(
    input: { readonly visitId: string; readonly referrer?: string | null | undefined },
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
}

export interface VisitsOptions {
  readonly storage: Pick<Storage, 'countVisit' | 'reportLeave'>;
  readonly sites: Sites;
  readonly pages: Pages;
  readonly keyring: Keyring;
  readonly clock: Clock;
  readonly randomBytes: RandomBytes;
}

export function createVisits(options: VisitsOptions): Visits {
  const { storage, sites, pages, keyring, clock, randomBytes } = options;

  async function open(visitId: string): Promise<VisitKey> {
    const visit = await keyring.open(visitId);
    if (clock() - visit.registeredAt > VISIT_LIFETIME_MS) throw expiredVisit();
    return visit;
  }

  return {
    async register({ site: slug, path }, caller) {
      const site = await sites.tracked(slug, caller);
      const page = await pages.findOrValidate(site, path);
      const nonce = Buffer.from(randomBytes(NONCE_SIZE)).readUIntBE(0, NONCE_SIZE);
      const visitId = keyring.seal({ siteId: site.id, pageId: page.id, registeredAt: clock(), nonce });
      return { visitId, minDelaySecs: site.minDelaySecs };
    },

    async postSleep({ visitId, referrer }, caller) {
      const visit = await open(visitId);
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
      const outcome = await storage.countVisit({
        ...visit,
        referrer: normaliseReferrer(referrer, site.baseUrls),
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
      const visit = await open(visitId);
      await sites.ofVisit(visit.siteId, caller);
      const elapsedSecs = Math.max(0, Math.floor((clock() - visit.registeredAt) / 1000));
      const outcome = await storage.reportLeave({ ...visit, seconds: Math.min(secondsOnPage, elapsedSecs) });
      if (outcome === 'not counted') {
        throw new DomainError('VISIT_NOT_COUNTED', 'The visit never counted, so nothing was left.');
      }
      return outcome;
    },
  };
}
