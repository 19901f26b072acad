import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { createClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import { explain } from './explain.ts';
import { broken, type Check, type Finding, fine, unknown, warning } from './finding.ts';

/** How long an event may take to get through that the service sends at once. */
const AT_ONCE_MS = 4_000;
const LIMIT_MS = 8_000;

/** Whether WebSockets get through. */
export function webSocketCheck(baseUrl: string, answers: () => Promise<boolean>): Check {
  return {
    group: 'From outside',
    name: 'WebSocket',
    limitMs: LIMIT_MS,
    async look(signal) {
      if (!(await answers())) return unknown('not tried, since the instance does not answer there');
      return judgeWebSocket(await tryWebSocket(baseUrl, signal));
    },
  };
}

/** @param failure why it did not get through; null where it did */
export function judgeWebSocket(failure: string | null): Finding {
  if (failure === null) return fine('gets through');
  return warning(
    `does not get through (${failure})`,
    'Live figures fall back to server-sent events where the client can. In nginx `proxy_http_version 1.1; proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection $connection_upgrade;` with a map of that variable; a content delivery network has a switch for it.',
  );
}

async function tryWebSocket(baseUrl: string, signal: AbortSignal): Promise<string | null> {
  const client = createClient({
    url: `${baseUrl.replace(/^http/, 'ws')}/graphql`,
    webSocketImpl: WebSocket,
    retryAttempts: 0,
    connectionAckWaitTimeout: AT_ONCE_MS,
  });
  signal.addEventListener('abort', () => client.terminate());
  try {
    for await (const { data } of client.iterate({ query: '{ __typename }' })) {
      if (data?.['__typename'] === 'Query') return null;
    }
    return 'it was closed';
  } catch (error) {
    const { code, reason, message } = error as { code?: unknown; reason?: string; message?: string };
    if (typeof code === 'number') return reason || `closed with ${code}`;
    return /Unexpected server response: \d+/.exec(message ?? '')?.[0] ?? explain(error)[0];
  } finally {
    await client.dispose();
  }
}

/** How server-sent events came through. */
export interface Events {
  readonly status: number;
  /** Whether the first came while the stream was open; null where there was no stream. */
  readonly cameAtOnce: boolean | null;
}

/**
 * Whether server-sent events get through as they come, and are not held back.
 * @param site one whose count anybody may follow; null where there is none
 */
export function eventsCheck(
  baseUrl: string,
  world: { readonly answers: () => Promise<boolean>; readonly site: () => Promise<string | null> },
): Check {
  return {
    group: 'From outside',
    name: 'server-sent events',
    limitMs: LIMIT_MS,
    async look(signal) {
      if (!(await world.answers())) return unknown('not tried, since the instance does not answer there');
      const site = await world.site();
      if (site === null) return unknown('not tried, since no site is public');
      return judgeEvents(await followEvents(baseUrl, site, signal));
    },
  };
}

export function judgeEvents({ status, cameAtOnce }: Events): Finding {
  if (cameAtOnce === true) return fine('get through as they come');
  if (cameAtOnce === false) {
    return broken(
      'are held back on their way',
      'A proxy gathers the answer before it hands it on, so live figures stand still where no WebSocket gets through. In nginx `proxy_buffering off;` and `gzip off;` for /graphql; elsewhere look for response buffering.',
    );
  }
  return unknown(
    `not told: the service answered ${status}`,
    'Is the site known to the service that runs there? It sees what was changed within 5 seconds.',
  );
}

function followEvents(baseUrl: string, site: string, signal: AbortSignal): Promise<Events> {
  const query = 'subscription ($site: ID) { count(site: $site) }';
  const url = new URL(`${baseUrl}/graphql`);
  return new Promise((resolve, reject) => {
    const request = (url.protocol === 'https:' ? requestHttps : requestHttp)(url, {
      method: 'POST',
      agent: false,
      signal,
      headers: { 'content-type': 'application/json', accept: 'text/event-stream', 'accept-encoding': 'gzip' },
    });
    const timer = setTimeout(() => end({ status: 0, cameAtOnce: false }), AT_ONCE_MS);
    const end = (events: Events) => {
      clearTimeout(timer);
      resolve(events);
      request.destroy();
    };
    request.on('error', reject);
    request.on('response', (response) => {
      const status = response.statusCode ?? 0;
      const isStream = response.headers['content-type']?.startsWith('text/event-stream') ?? false;
      if (status !== 200 || !isStream) return end({ status, cameAtOnce: null });
      response.once('data', () => end({ status, cameAtOnce: true })).on('error', () => {});
      return undefined;
    });
    request.end(JSON.stringify({ query, variables: { site } }));
  });
}
