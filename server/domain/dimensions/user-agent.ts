import Bowser from 'bowser';
import { LRUCache } from 'lru-cache';
import { MAX_HEADER_LENGTH, REMEMBERED_HEADERS } from './header.ts';
import {
  BROWSER_PATTERNS,
  BROWSERS,
  DEVICE_PATTERNS,
  DEVICES,
  type NameByPattern,
  SYSTEM_PATTERNS,
  SYSTEMS,
} from './user-agent-names.ts';

/** What a user agent says; null where it does not, or where it is none of the names that are shown. */
export interface UserAgentTraits {
  /** As `Firefox`, without a version. */
  readonly browser: string | null;
  /** As `Windows`, without a version. */
  readonly system: string | null;
  readonly device: string | null;
}

/** What is said by a user agent that says nothing. */
export const NO_USER_AGENT_TRAITS: UserAgentTraits = { browser: null, system: null, device: null };

const remembered = new LRUCache<string, UserAgentTraits>({ max: REMEMBERED_HEADERS, memoMethod: parse });

/**
 * Browser, system and kind of device of a user agent, by name and without versions: coarse enough that no reader is
 * told apart by them. Null for user agents longer than 1,024 characters, so that nobody can make parsing slow.
 */
export function parseUserAgent(userAgent: string | null): UserAgentTraits {
  if (!userAgent || userAgent.length > MAX_HEADER_LENGTH) return NO_USER_AGENT_TRAITS;
  return remembered.memo(userAgent);
}

function parse(userAgent: string): UserAgentTraits {
  // Without its engine, which nobody asks for.
  const parser = Bowser.getParser(userAgent, true);
  return {
    browser: firstMatch(BROWSER_PATTERNS, userAgent) ?? BROWSERS.get(parser.getBrowserName()) ?? null,
    system: firstMatch(SYSTEM_PATTERNS, userAgent) ?? SYSTEMS.get(parser.getOSName()) ?? null,
    device: firstMatch(DEVICE_PATTERNS, userAgent) ?? DEVICES.get(parser.getPlatformType()) ?? null,
  };
}

function firstMatch(patterns: NameByPattern, userAgent: string): string | null {
  return patterns.find(([pattern]) => pattern.test(userAgent))?.[1] ?? null;
}
