import { z } from 'zod';
import type { Instant } from '../domain/instant.ts';
import type { Change, Commit } from '../domain/ports.ts';

/**
 * What replicas tell each other: one JSON object a message.
 *
 * | key | |
 * |---|---|
 * | `v` | 1. Whoever changes what is there takes the next number; whoever does not know it skips the message. Keys that are added are ignored by those who do not know them, and need no new number. |
 * | `from` | the process, by a random name that it has until it ends |
 * | `n` | how many batches it had to tell until now, this one included: a number that is left out is a batch that was lost |
 * | `lost` | true: it could not tell all of what it had to tell before |
 * | `visits` | counted visits: site, page, registered at, nonce, path, referrer, spent seconds |
 * | `pages` | pages that were counted on, as they stand since: site, path, visits, views |
 * | `votes` | tallies that changed, as they stand since: site, path, up, down, changes |
 * | `sites` | sites that anything changed on |
 * | `changes` | what to read anew: `sites`, `secrets`, `anything`, or `token` and its public part |
 * | `bye` | true: there is nothing more to come |
 * | `at` | when the oldest of it was committed, in milliseconds since 1970 by the clock of the sender |
 *
 * The lists are left out where they are empty; without any, a message says that the process is there.
 */
const VERSION = 1;

const text = z.string();
const number = z.number();

const visit = z
  .tuple([number, number, number, number, text, text.nullable(), number.nullable()])
  .transform(([siteId, pageId, registeredAt, nonce, path, referrer, spentSeconds]) => ({
    siteId,
    pageId,
    registeredAt,
    nonce,
    path,
    referrer,
    spentSeconds,
  }));
const page = z
  .tuple([number, text, number, number])
  .transform(([siteId, path, visits, views]) => ({ siteId, path, visits, views }));
const vote = z
  .tuple([number, text, number, number, number])
  .transform(([siteId, path, up, down, changes]) => ({ siteId, path, up, down, changes }));
const change = z
  .union([z.tuple([z.enum(['sites', 'secrets', 'anything'])]), z.tuple([z.literal('token'), text])])
  .transform(
    (written): Change => (written[0] === 'token' ? { of: 'token', prefix: written[1] } : { of: written[0] }),
  );

const message = z.object({
  from: text,
  n: number,
  visits: z.array(visit).default([]),
  pages: z.array(page).default([]),
  votes: z.array(vote).default([]),
  sites: z.array(number).default([]),
  changes: z.array(change).default([]),
  lost: z.boolean().default(false),
  bye: z.boolean().default(false),
  at: number.nullable().default(null),
});

/** What is told at once. */
export interface Batch {
  readonly commit: Commit;
  readonly changes: readonly Change[];
}

/** A message, and who sent it. */
export interface Message extends Batch {
  readonly from: string;
  /** How many batches the sender had to tell until now. */
  readonly number: number;
  /** The sender could not tell all before. */
  readonly lost: boolean;
  /** The sender ends. */
  readonly bye: boolean;
  /** When the oldest of it was committed, by the clock of the sender; null where it does not say. */
  readonly at: Instant | null;
}

/** How messages are told apart: by what they are, or why they cannot be read. */
export type Decoded = Message | { readonly unreadable: string };

export function encode({ from, number, lost, bye, at, commit, changes }: Message): string {
  const { counted, pages, voted, sites } = commit;
  return JSON.stringify({
    v: VERSION,
    from,
    n: number,
    lost: lost || undefined,
    visits: unlessEmpty(
      counted.map(({ siteId, pageId, registeredAt, nonce, path, referrer, spentSeconds }) => [
        siteId,
        pageId,
        registeredAt,
        nonce,
        path,
        referrer,
        spentSeconds,
      ]),
    ),
    pages: unlessEmpty(pages.map(({ siteId, path, visits, views }) => [siteId, path, visits, views])),
    votes: unlessEmpty(voted.map(({ siteId, path, up, down, changes }) => [siteId, path, up, down, changes])),
    sites: unlessEmpty(sites),
    changes: unlessEmpty(changes.map((one) => (one.of === 'token' ? [one.of, one.prefix] : [one.of]))),
    bye: bye || undefined,
    at: at ?? undefined,
  });
}

export function decode(written: string): Decoded {
  let json: unknown;
  try {
    json = JSON.parse(written);
  } catch {
    return { unreadable: 'what is no JSON' };
  }
  const version = (json as { v?: unknown } | null)?.v;
  if (version !== VERSION) return { unreadable: `version ${String(version).slice(0, 20)}` };
  const read = message.safeParse(json);
  if (!read.success) return { unreadable: `what is no message of version ${VERSION}` };
  const { from, n, lost, bye, at, visits, pages, votes, sites, changes } = read.data;
  return { from, number: n, lost, bye, at, commit: { counted: visits, pages, voted: votes, sites }, changes };
}

function unlessEmpty<T>(list: readonly T[]): readonly T[] | undefined {
  return list.length > 0 ? list : undefined;
}
