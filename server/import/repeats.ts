import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';

/** What is remembered: far more than any server answers within a second, which is how close repeats are. */
const REMEMBERED = 100_000;
const HASH_LENGTH = 16;

/** Makes identities for records that have no id. */
export type Repeats = (content: string) => string;

/**
 * Two records that say the same are told apart by how often it was said before, so that a longer export of the same
 * site names the same records alike. The time must be part of what they say: repeats are close to each other then, and
 * only the latest have to be remembered.
 */
export function createRepeats(): Repeats {
  const times = new LRUCache<string, number>({ max: REMEMBERED });
  return (content) => {
    const hash = createHash('sha256').update(content).digest().subarray(0, HASH_LENGTH).toString('base64url');
    const nth = (times.get(hash) ?? 0) + 1;
    times.set(hash, nth);
    return `${hash} ${nth}`;
  };
}
