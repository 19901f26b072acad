import { isLibrary } from '../bots/library.ts';
import type { Caller } from '../caller.ts';
import { campaignOf } from './campaign.ts';
import { countryOf } from './country.ts';
import type { Traits } from './dimension.ts';
import { languageOf } from './language.ts';
import { normaliseReferrer } from './referrer.ts';
import { NO_USER_AGENT_TRAITS, parseUserAgent } from './user-agent.ts';

/** What the traits of a visit are made of. */
export interface TraitsInput {
  readonly caller: Caller;
  /** URL that the reader came from. */
  readonly referrer: string | null | undefined;
  /** Query of the page's own URL, which names the campaign. */
  readonly query: string | null | undefined;
  /** Base URLs of the site. */
  readonly ownOrigins: readonly string[];
  /** Looks up the country of an address. Where it fails the country is not known. */
  readonly country: (address: string) => string | null;
}

/** The traits of a visit. Nothing that a request says makes it fail: what is not understood is null. */
export function traitsOf({ caller, referrer, query, ownOrigins, country }: TraitsInput): Traits {
  return {
    referrer: normaliseReferrer(referrer, ownOrigins),
    campaign: campaignOf(query),
    // A trusted proxy sees the reader, and may stand where no table of addresses reaches.
    country: countryOf(caller.country) ?? countryOfAddress(caller.address, country),
    // A library's user agent names the server that it runs on, not what the page is read with.
    ...(isLibrary(caller.userAgent) ? NO_USER_AGENT_TRAITS : parseUserAgent(caller.userAgent)),
    language: languageOf(caller.languages),
  };
}

function countryOfAddress(address: string | null, lookUp: TraitsInput['country']): string | null {
  if (address === null) return null;
  try {
    return countryOf(lookUp(address));
  } catch {
    return null;
  }
}
