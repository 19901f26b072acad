import { type Answer, dataOf } from './answer.ts';
import { OxicountError } from './oxicount-error.ts';
import type { RequestOptions } from './request-options.ts';
import type { TypedString } from './typed-string.ts';

/** Values for the variables of a document. */
export type Variables = Readonly<Record<string, unknown>>;

/** A document on its way, and what ends it. */
export interface Question {
  readonly document: string;
  readonly variables: Variables;
  readonly signal: AbortSignal;
  readonly keepalive: boolean;
  readonly headers: RequestOptions['headers'];
}

/** Asks once. Rejects where no answer came; what the answer says is not its concern. */
export type Ask = (question: Question) => Promise<Answer>;

/** Runs a document and gives its data. Rejects with an `OxicountError`. */
export type Request = <Data, Of>(
  document: TypedString<Data, Of>,
  variables?: Of,
  options?: RequestOptions,
) => Promise<Data>;

/** What holds for all requests of a client. */
export interface Patience {
  /** Milliseconds until a call rejects with `TIMEOUT`, repetitions included. Default: 10000. */
  readonly timeoutMs?: number | undefined;
  /**
   * How often a request is repeated that got no answer, `UNAVAILABLE` or `RATE_LIMITED`. Only queries, `postSleep` and
   * `pageLeft` are: the same visit counts once, however often it is said. Default: 2.
   */
  readonly retries?: number | undefined;
}

/** Repeating these changes nothing. */
const REPEATABLE = /^\s*(query|{|mutation (PostSleep|PageLeft)\b)/;
const REPEATED = ['NETWORK', 'UNAVAILABLE', 'RATE_LIMITED'];

/**
 * Runs documents over `ask` with time-outs, repetitions and one kind of error. The site is what the client was made
 * with, for documents with a variable `$site` that says nothing else.
 */
export function createRequest(
  ask: Ask,
  { site, timeoutMs: patience = 10_000, retries = 2 }: Patience & { readonly site?: string | undefined },
): Request {
  return async <Data, Of>(
    document: TypedString<Data, Of>,
    variables?: Of,
    { signal, timeoutMs = patience, keepalive = false, headers }: RequestOptions = {},
  ) => {
    const { aborted, end } = limit(signal, timeoutMs);
    const deadline = performance.now() + timeoutMs;
    const question = {
      document,
      variables: forSite(site, document, variables),
      signal: aborted,
      keepalive,
      headers,
    };
    try {
      for (let attempt = 0; ; attempt++) {
        try {
          aborted.throwIfAborted();
          return dataOf(await ask(question)) as Data;
        } catch (cause) {
          aborted.throwIfAborted();
          const error =
            cause instanceof OxicountError ? cause : new OxicountError('NETWORK', String(cause), { cause });
          const pause = (error.retryAfterSecs || 2 ** attempt / 4) * 1_000;
          const repeat =
            attempt < retries &&
            REPEATED.includes(error.code) &&
            REPEATABLE.test(document) &&
            // Better the reason now than a time-out later.
            performance.now() + pause < deadline;
          if (!repeat) throw error;
          await pass(pause, aborted);
        }
      }
    } finally {
      end();
    }
  };
}

/** The variables of a document, with the site that it is for unless they name one. */
export function forSite(site: string | undefined, document: string, variables: unknown): Variables {
  const given: Record<string, unknown> = { ...(variables as Variables | undefined) };
  if (document.includes('$site:')) given['site'] ??= site;
  return given;
}

/** A signal that aborts with the caller's, and after the time-out, each for a reason of its own. */
function limit(signal: AbortSignal | undefined, timeoutMs: number) {
  const own = new AbortController();
  const abort = () =>
    own.abort(new OxicountError('ABORTED', 'The caller aborted.', { cause: signal?.reason }));
  const timer = setTimeout(
    () => own.abort(new OxicountError('TIMEOUT', `No answer in ${timeoutMs} ms.`)),
    timeoutMs,
  );
  if (signal?.aborted) abort();
  signal?.addEventListener('abort', abort);
  return {
    aborted: own.signal,
    end() {
      clearTimeout(timer);
      signal?.removeEventListener('abort', abort);
    },
  };
}

/** Resolves after the time, or at once when the signal aborts. */
export function pass(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, milliseconds);
    signal.addEventListener('abort', end);
    if (signal.aborted) end();
  });
}
