import { createHmac } from 'node:crypto';
import { isLibrary } from './bots/library.ts';
import type { Caller } from './caller.ts';
import { dayOf } from './day.ts';
import type { Instant } from './instant.ts';
import type { Salt } from './ports.ts';
import type { Salts } from './salts.ts';
import type { Site } from './site.ts';
import type { Pseudonym, Visitor } from './visit.ts';

const PSEUDONYM_SIZE = 6;

/** Tells readers apart for a day, without keeping anything of them. */
export interface Pseudonyms {
  /**
   * The visitor behind a request; null for those who are not to be told apart: who sends `Sec-GPC: 1`, or `DNT: 1`
   * where the site respects it, whose address or browser is not known, and whose visit is so old that the salt of
   * its day is gone.
   */
  visitorOf(site: Site, caller: Caller, registeredAt: Instant): Promise<Visitor | null>;
}

export function createPseudonyms(salts: Salts): Pseudonyms {
  return {
    async visitorOf(site, caller, registeredAt) {
      const { address, userAgent } = caller;
      if (caller.globalPrivacyControl || (caller.doNotTrack && site.respectDnt)) return null;
      // A program that counts for others says nothing of them, and would be one visitor for all.
      if (address === null || userAgent === null || isLibrary(userAgent)) return null;
      const standing = await salts.of(dayOf(registeredAt, site.timeZone));
      if (!standing) return null;
      const browser = describe(site.id, address, userAgent);
      return {
        ...pseudonym(standing.salt, browser),
        earlier: standing.earlier.map((salt) => pseudonym(salt, browser)),
      };
    },
  };
}

/** Each part after its length, so that no two browsers are written alike. */
function describe(siteId: number, address: string, userAgent: string): string {
  return `${siteId}\n${address.length} ${address}\n${userAgent.length} ${userAgent}`;
}

/** HMAC-SHA-256 (RFC 2104), cut to what tells the browsers of a site and a day apart and says no more. */
function pseudonym({ day, value }: Salt, browser: string): Pseudonym {
  const digest = createHmac('sha256', value).update(browser).digest();
  // 0 is for no visitor.
  return { day, pseudonym: digest.readUIntBE(0, PSEUDONYM_SIZE) || 1 };
}
