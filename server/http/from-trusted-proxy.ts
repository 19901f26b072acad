import type { IncomingMessage } from 'node:http';
import { plainAddress } from './address.ts';
import { createTrustedProxies } from './trusted-proxies.ts';

/** Whether a request comes from a trusted proxy, whose word on what the request is called is taken. */
export type FromTrustedProxy = (request: IncomingMessage) => boolean;

/** @param entries as the setting `trusted_proxies` has them */
export function createFromTrustedProxy(entries: readonly string[]): FromTrustedProxy {
  const proxies = createTrustedProxies(entries);
  return ({ socket }) => {
    const address = plainAddress(socket.remoteAddress ?? '');
    return address !== null && proxies.include(address);
  };
}
