import { createSlimClient, type SlimClient } from '@oxicount/sdk/slim';
import type { Keeper, KeepFresh, Source } from './keep-fresh.ts';

/** Whom to ask, and as whom. */
export interface Connection {
  /** Base address of the instance. */
  readonly instance: string;
  /** Undefined: as anybody. */
  readonly token: string | undefined;
}

/** What all elements of a page share that ask the same instance. */
export interface PageClient extends SlimClient {
  /** Rejects where the module that does it could not be loaded. */
  keepFresh<Value>(source: Source<Value>, keeper: Keeper<Value>, signal: AbortSignal): Promise<void>;
}

// On the page and not in this module, since a page may load several modules that each bring their own copy of it.
const CLIENTS = Symbol.for('oxicount.clients');

/** The page's client of an instance, made for the first element that asks. */
export function clientOf({ instance, token }: Connection): PageClient {
  const page = globalThis as { [CLIENTS]?: Map<string, PageClient> };
  page[CLIENTS] ??= new Map();
  const key = `${token} ${instance}`;
  let client = page[CLIENTS].get(key);
  if (!client) {
    client = createPageClient({ instance, token });
    page[CLIENTS].set(key, client);
  }
  return client;
}

function createPageClient({ instance, token }: Connection): PageClient {
  const options = { url: instance, token, fetch: fetchAsNobody };
  const slim = createSlimClient(options);
  let opening: Promise<KeepFresh> | undefined;
  return {
    ...slim,
    async keepFresh(source, keeper, signal) {
      opening ??= import('../socket.ts').then(({ openSocket }) => openSocket(options, slim.request));
      try {
        (await opening)(source, keeper, signal);
      } catch (error) {
        // It may be there the next time.
        opening = undefined;
        throw error;
      }
    },
  };
}

/** Nothing that could identify the reader goes along. */
const fetchAsNobody: typeof fetch = (input, init) =>
  fetch(input, { ...init, credentials: 'omit', referrerPolicy: 'no-referrer' });
