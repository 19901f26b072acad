import { type Client, createClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import type { Result } from './graphql.ts';

/** An open subscription. */
export interface Subscription {
  /**
   * The next result; null when the server completed the subscription, and `broken off` when it closed the connection
   * without that word, so that a client comes back.
   */
  next(): Promise<Result | 'broken off' | null>;
  /** Ends it from this side. */
  end(): Promise<void>;
}

/** One of the two ways to subscribe. */
export interface Transport {
  readonly name: string;
  subscribe(url: string, query: string, variables?: Record<string, unknown>, token?: string): Subscription;
}

export const transports: readonly Transport[] = [
  { name: 'server-sent events', subscribe: overEvents },
  { name: 'WebSocket', subscribe: overWebSocket },
];

function overEvents(
  url: string,
  query: string,
  variables: Record<string, unknown> = {},
  token?: string,
): Subscription {
  const leaving = new AbortController();
  const results = readEvents(url, { query, variables }, authorization(token), leaving.signal);
  return {
    async next() {
      try {
        return (await results.next()).value ?? null;
      } catch (error) {
        if (error instanceof TypeError && error.message === 'terminated') return 'broken off';
        throw error;
      }
    },
    async end() {
      leaving.abort();
      await results.return(undefined).catch(() => {});
    },
  };
}

async function* readEvents(
  url: string,
  body: object,
  headers: Record<string, string>,
  signal: AbortSignal,
): AsyncGenerator<Result, undefined> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'text/event-stream', ...headers },
    body: JSON.stringify(body),
    signal,
  });
  if (!response.body) throw new Error(`${response.status} without a body`);
  let text = '';
  for await (const chunk of response.body.pipeThrough(new TextDecoderStream())) {
    text += chunk;
    const events = text.split('\n\n');
    text = events.pop() ?? '';
    for (const event of events) {
      if (/^event: complete$/m.test(event)) return;
      const [, data] = /^data: (.+)$/m.exec(event) ?? [];
      if (data !== undefined) yield JSON.parse(data) as Result;
    }
  }
}

function overWebSocket(
  url: string,
  query: string,
  variables: Record<string, unknown> = {},
  token?: string,
): Subscription {
  const client = connect(url, authorization(token));
  const results = client.iterate({ query, variables });
  return {
    async next() {
      try {
        return ((await results.next()).value as Result | undefined) ?? null;
      } catch (errors) {
        // The protocol's error message holds the errors themselves.
        if (Array.isArray(errors)) return { errors };
        if (isClosing(errors)) return 'broken off';
        throw errors;
      }
    },
    async end() {
      await results.return?.();
      await client.dispose();
    },
  };
}

/** A client that does not come back by itself. */
function connect(url: string, connectionParams: Record<string, string>): Client {
  return createClient({
    url: `${url.replace('http', 'ws')}/graphql`,
    webSocketImpl: WebSocket,
    connectionParams,
    retryAttempts: 0,
  });
}

function isClosing(error: unknown): boolean {
  return typeof error === 'object' && error !== null && (error as { code?: unknown }).code === 1001;
}

function authorization(token: string | undefined): Record<string, string> {
  return token === undefined ? {} : { authorization: `Bearer ${token}` };
}
