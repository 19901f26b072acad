import type { Answer, Ask } from './query.ts';
import { type GraphQLFailure, ServiceError } from './service-error.ts';

/** Whose visits to count. */
export interface CountKey {
  readonly endpoint: string;
  /** Slug of the site; undefined where the instance has only one. */
  readonly site?: string | undefined;
  readonly path: string;
}

/** Resolves to the visits of a page; rejects with a `ServiceError`. */
export type CountOf = (key: CountKey) => Promise<number>;

interface Waiting extends CountKey {
  readonly promise: Promise<number>;
  readonly resolve: (count: number) => void;
  readonly reject: (reason: unknown) => void;
}

/** Pages asked for in one request at most, so that a long list of links stays within the service's limits. */
const BATCH = 50;

/**
 * Collects everything that is asked for before the present task ends and sends one request for it, in which each page
 * is asked for once. A page that the service refuses fails alone: the others are asked for again without it.
 */
export function createCountOf(ask: Ask): CountOf {
  let waiting = new Map<string, Waiting>();

  const flush = () => {
    const all = [...waiting.values()];
    waiting = new Map();
    for (const endpoint of new Set(all.map((entry) => entry.endpoint))) {
      const own = all.filter((entry) => entry.endpoint === endpoint);
      for (let at = 0; at < own.length; at += BATCH) void send(ask, endpoint, own.slice(at, at + BATCH));
    }
  };

  return (key) => {
    const name = JSON.stringify([key.endpoint, key.site ?? null, key.path]);
    const known = waiting.get(name);
    if (known) return known.promise;
    if (waiting.size === 0) queueMicrotask(flush);
    const entry = waitingFor(key);
    waiting.set(name, entry);
    return entry.promise;
  };
}

function waitingFor(key: CountKey): Waiting {
  let resolve: Waiting['resolve'] = () => {};
  let reject: Waiting['reject'] = () => {};
  const promise = new Promise<number>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  return { ...key, promise, resolve, reject };
}

async function send(ask: Ask, endpoint: string, entries: readonly Waiting[]): Promise<void> {
  let answer: Answer<Record<string, number>>;
  try {
    answer = await ask({ endpoint, query: documentFor(entries.length), variables: variablesFor(entries) });
  } catch (error) {
    for (const entry of entries) entry.reject(error);
    return;
  }
  const failures = new Map<unknown, GraphQLFailure>(
    answer.errors?.map((failure) => [failure.path?.[0], failure]),
  );
  const left: Waiting[] = [];
  for (const [index, entry] of entries.entries()) {
    const failure = failures.get(`c${index}`);
    const count = answer.data?.[`c${index}`];
    if (failure) entry.reject(ServiceError.from([failure]));
    else if (count !== undefined) entry.resolve(count);
    else left.push(entry);
  }
  if (left.length === 0) return;
  // Fewer than were sent, so this ends. When nothing was singled out, the failure concerns all of them.
  if (left.length < entries.length) return send(ask, endpoint, left);
  for (const entry of left) entry.reject(ServiceError.from(answer.errors ?? []));
}

function documentFor(size: number): string {
  const indices = Array.from({ length: size }, (_, index) => index);
  const variables = indices.map((i) => `$s${i}: ID, $p${i}: String!`).join(', ');
  const fields = indices.map((i) => `c${i}: count(site: $s${i}, path: $p${i})`).join(' ');
  return `query Counts(${variables}) { ${fields} }`;
}

function variablesFor(entries: readonly Waiting[]): Record<string, unknown> {
  return Object.fromEntries(
    entries.flatMap(({ site, path }, i) => [
      [`s${i}`, site ?? null],
      [`p${i}`, path],
    ]),
  );
}
