import { type Client, createClient } from 'graphql-ws/client';
import type { ClientOptions } from '../client-options.ts';
import { endpointOf, headersOf } from '../client-options.ts';

/** Silence after which a connection is asked for a sign of life, and how long that may take, in milliseconds. */
const KEEP_ALIVE = 10_000;
const SIGN_OF_LIFE = 5_000;

/** Milliseconds before attempt `n`, from 0: doubling from half a second to half a minute, half of it left to chance. */
export function pauseBefore(attempt: number): number {
  return Math.min(30_000, 500 * 2 ** attempt) * (0.5 + Math.random() / 2);
}

/** One connection for all subscriptions of a client. It is there while there are any, and comes back when it is lost. */
export async function createSocket({ url, token, webSocket }: ClientOptions): Promise<Client> {
  // Node has one from version 22 on.
  const webSocketImpl = webSocket ?? globalThis.WebSocket ?? (await import('ws')).WebSocket;
  let dead: ReturnType<typeof setTimeout> | undefined;
  const socket = createClient({
    url: endpointOf(url).replace('http', 'ws'),
    webSocketImpl,
    connectionParams: headersOf(token),
    keepAlive: KEEP_ALIVE,
    retryAttempts: Number.POSITIVE_INFINITY,
    // Also when there was no connection yet: an instance may start later than its readers.
    shouldRetry: () => true,
    retryWait: (attempt) => new Promise((resolve) => setTimeout(resolve, pauseBefore(attempt))),
    on: {
      ping(received) {
        if (!received) dead = setTimeout(() => socket.terminate(), SIGN_OF_LIFE);
      },
      pong(received) {
        if (received) clearTimeout(dead);
      },
      closed: () => clearTimeout(dead),
    },
  });
  return socket;
}
