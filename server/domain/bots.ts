import { isbot } from 'isbot';
import { LRUCache } from 'lru-cache';
import { CONTRADICTIONS, isFromPage } from './bots/contradictions.ts';
import { isLibrary } from './bots/library.ts';
import type { Caller } from './caller.ts';
import { MAX_HEADER_LENGTH, REMEMBERED_HEADERS, startOf } from './dimensions/header.ts';
import type { FilterReason } from './filter-reason.ts';

interface Rule {
  readonly reason: FilterReason;
  readonly applies: (caller: Caller) => boolean;
}

// Not Electron: what is read in an app is read by a person.
const HEADLESS = /\bHeadless|\bPhantomJS\b|\bSlimerJS\b|\bHtmlUnit\b|\b(?:jsdom|HappyDOM)\//i;

// In each list the first that applies is the reason.

/** What a request is for. `Sec-Purpose: prefetch;prerender` is both. Safari calls pictures of its start page a preview. */
const PURPOSES: readonly Rule[] = [
  { reason: 'prerender', applies: ({ hints }) => names(hints.purpose, ['prerender', 'preview']) },
  { reason: 'prefetch', applies: ({ hints }) => names(hints.purpose, ['prefetch']) },
];

/** Who sends a request. */
const SENDERS: readonly Rule[] = [
  {
    reason: 'headless',
    applies: ({ userAgent, hints }) =>
      HEADLESS.test(startOf(userAgent)) || HEADLESS.test(startOf(hints.brands)),
  },
  { reason: 'crawler', applies: (caller) => isProgram(caller.userAgent) && !isSentOnPurpose(caller) },
  { reason: 'contradiction', applies: (caller) => CONTRADICTIONS.some(({ applies }) => applies(caller)) },
];

const programs = new LRUCache<string, boolean>({
  max: REMEMBERED_HEADERS,
  memoMethod: (userAgent) => isLibrary(userAgent) || isbot(userAgent),
});

/**
 * Why what would count does not come from a reader; null where nothing says so. Of user agents and brands the first
 * 1,024 characters are looked at.
 */
export function filterReason(caller: Caller): FilterReason | null {
  return reasonIn(PURPOSES, caller) ?? senderReason(caller);
}

/**
 * The same of what does not count yet. A page that is prerendered may be read in a moment: when somebody goes there,
 * Chromium marks as prerendering what the page sends first, and no more what it sends once it was read.
 *
 * A server or a script that counts on behalf of somebody sends no `Sec-Fetch-Site`, and its own library's user agent
 * or none: these hits are kept. A library's user agent together with that header is a program that plays a page, and a
 * crawler that says it is one is a crawler in any case.
 */
export function senderReason(caller: Caller): FilterReason | null {
  return reasonIn(SENDERS, caller);
}

function reasonIn(rules: readonly Rule[], caller: Caller): FilterReason | null {
  return rules.find(({ applies }) => applies(caller))?.reason ?? null;
}

function isSentOnPurpose(caller: Caller): boolean {
  return !isFromPage(caller) && isLibrary(caller.userAgent);
}

function isProgram(userAgent: string | null): boolean {
  if (!userAgent) return false;
  if (userAgent.length <= MAX_HEADER_LENGTH) return programs.memo(userAgent);
  // What is longer than any real one is not remembered, for the part would keep the whole in memory.
  return isLibrary(userAgent) || isbot(startOf(userAgent));
}

function names(header: string | null, purposes: readonly string[]): boolean {
  const given = startOf(header)
    .toLowerCase()
    .split(/[\s,;]+/);
  return purposes.some((purpose) => given.includes(purpose));
}
