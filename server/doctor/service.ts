import { createServer } from 'node:net';
import type { SocketAddress } from '../config/address.ts';
import { codeOf, explain } from './explain.ts';
import { broken, type Check, type Finding, fine, unknown, warning } from './finding.ts';
import type { Web } from './web.ts';

/** What is found where the service listens. */
export type Listener =
  | { readonly kind: 'oxicount'; readonly ready: boolean; readonly liveEvents: string | null }
  | { readonly kind: 'another program' }
  /** With what the system says to listening there; null for nothing. */
  | { readonly kind: 'nobody'; readonly refused: string | null };

/** Whether the service runs on this machine, or could. */
export function serviceCheck(address: SocketAddress, listener: () => Promise<Listener>): Check {
  return {
    group: 'The service',
    name: 'on this machine',
    limitMs: 8_000,
    look: async () => judgeService(`${address.host}:${address.port}`, await listener()),
  };
}

export function judgeService(address: string, listener: Listener): Finding {
  if (listener.kind === 'another program') {
    return broken(
      `another program listens on ${address}`,
      'The service cannot start there. Stop that program (`ss -ltnp` names it), or set OXICOUNT_SOCKET_ADDRESS to another address.',
    );
  }
  if (listener.kind === 'nobody') {
    const { refused } = listener;
    if (refused === null) return unknown(`does not run, and can listen on ${address}`);
    return broken(
      `does not run, and cannot listen on ${address} (${refused})`,
      refused === 'EACCES'
        ? 'Ports below 1024 need a right of their own. Take a higher one, behind a proxy.'
        : 'Set OXICOUNT_SOCKET_ADDRESS to an address that this machine has.',
    );
  }
  if (!listener.ready) {
    return broken(
      `runs on ${address}, and cannot count`,
      'Its database does not take writes. What is wrong with it is said above, or in the log of the service.',
    );
  }
  if (listener.liveEvents === 'this process only') {
    return warning(
      `runs on ${address}, without the other replicas`,
      'It does not reach Redis, so live figures reach only who is connected to it. What is wrong is said at Redis, or in the log of the service.',
    );
  }
  return fine(`runs on ${address}, and counts`);
}

/** Looks who listens. Where nobody does, it listens itself for a moment, to see whether that is allowed. */
export async function findListener(address: SocketAddress, local: string, web: Web): Promise<Listener> {
  const signal = AbortSignal.timeout(5_000);
  if (address.port === 0) return { kind: 'nobody', refused: null };
  try {
    const health = await web(`${local}/healthz`, { signal });
    if (!isHealth(health.body)) return { kind: 'another program' };
  } catch (error) {
    if (codeOf(error) !== 'ECONNREFUSED') return { kind: 'another program' };
    return { kind: 'nobody', refused: await refusalOf(address) };
  }
  const ready = await web(`${local}/readyz`, { signal }).catch(() => null);
  const [, liveEvents = null] = /"liveEvents":"([^"]+)"/.exec(ready?.body ?? '') ?? [];
  return { kind: 'oxicount', ready: ready?.status === 200, liveEvents };
}

/** Whether this is what `/healthz` of oxicount answers. */
export function isHealth(body: string): boolean {
  try {
    return (JSON.parse(body) as { status?: unknown } | null)?.status === 'ok';
  } catch {
    return false;
  }
}

function refusalOf({ host, port }: SocketAddress): Promise<string | null> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', (error) => resolve(codeOf(error) || explain(error)[0]));
    server.listen({ host, port, exclusive: true }, () => server.close(() => resolve(null)));
  });
}
