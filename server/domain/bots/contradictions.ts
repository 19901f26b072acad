import type { BrowserHints, Caller } from '../caller.ts';
import { startOf } from '../dimensions/header.ts';

/** Headers that no real browser sends together. */
export interface Contradiction {
  readonly name: string;
  readonly applies: (caller: Caller) => boolean;
}

const FIREFOX = /\bGecko\/[\d.]+ Firefox\/\d/;
const SAFARI = /\((?:Macintosh|iPhone|iPad|iPod)\b.*\bVersion\/[\d.]+ (?:Mobile\/\w+ )?Safari\/[\d.]+$/;
const CHROMIUM = /\bChrome\/\d/;
// `"Chromium";v="131"`: without one, the list is empty, as some tools that set the user agent leave it.
const BRAND = /"[^"]+";\s*v="/;

/**
 * What real browsers never do. Each costs readers where it is wrong, so there is none for what they may do: leaving
 * headers out (privacy extensions, old browsers, http), a system in the user agent that is not the hint's (people who
 * pass for a common one), brands that are not Chrome's (Edge, Brave, Vivaldi, Opera and Samsung name themselves
 * beside Chromium), a time zone or language that does not fit the address (travellers and VPNs).
 */
export const CONTRADICTIONS: readonly Contradiction[] = [
  {
    // Scripts cannot take the header away, and extensions that hide it send another.
    name: 'a page without a user agent',
    applies: (caller) => isFromPage(caller) && !caller.userAgent,
  },
  {
    // Gecko has no client hints. Extensions that let Chromium pass for Firefox take them away with the user agent
    // (https://github.com/ray-lothian/UserAgent-Switcher/issues/160); automation that sets the user agent alone does
    // not. Neither does Chromium that is started with --user-agent: these few readers are lost.
    name: 'Firefox with the client hints of Chromium',
    applies: ({ userAgent, hints }) => hasBrands(hints) && FIREFOX.test(startOf(userAgent)),
  },
  {
    // Nor has WebKit, which is what all browsers on iPhones and iPads are. As above.
    name: 'Safari with the client hints of Chromium',
    applies: ({ userAgent, hints }) => hasBrands(hints) && SAFARI.test(startOf(userAgent)),
  },
  {
    // True of phones only, and neither is on one: tablets with Windows say ?0. The device mode of Chromium's own
    // developer tools changes both hints.
    name: 'a phone with a system for computers',
    applies: ({ hints }) =>
      hints.mobile?.trim() === '?1' && /^\s*"(?:Windows|macOS)"\s*$/.test(startOf(hints.platform)),
  },
  {
    // All that is built on Chromium names it among its brands, whatever else it calls itself. The brand is matched
    // whatever surrounds it, since one of the others is made up to keep servers from matching too closely.
    name: 'Chrome without Chromium among its brands',
    applies: ({ userAgent, hints }) =>
      hasBrands(hints) && CHROMIUM.test(startOf(userAgent)) && !/"Chromium"/i.test(startOf(hints.brands)),
  },
];

/**
 * Whether a browser says that it sends for a page. Pages and extensions cannot set this header, and programs do not;
 * an `Origin` says nothing, since whoever counts for a site from a server may well name the site in it.
 */
export function isFromPage({ hints }: Caller): boolean {
  return hints.fetchSite !== null;
}

function hasBrands({ brands }: BrowserHints): boolean {
  return BRAND.test(startOf(brands));
}
