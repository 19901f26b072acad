import type { IncomingMessage } from 'node:http';
import { plainAddress } from './address.ts';
import { createTrustedProxies } from './trusted-proxies.ts';

/** What kind of address one is. `documentation` is for examples (RFC 5737, RFC 3849), so nobody really has one. */
export type AddressKind = 'loopback' | 'link-local' | 'private' | 'documentation' | 'public' | 'no address';

/** How a request arrived: which way it took, and as whose it is taken. No address is in it. */
export interface Arrival {
  /** Who asked this process. */
  readonly peer: AddressKind;
  /** The port of the other end, by which whoever asks can tell that it is they themselves. */
  readonly peerPort: number | null;
  readonly peerTrusted: boolean;
  /** `X-Forwarded-For`, the last 20 of it. */
  readonly forwarded: readonly AddressKind[];
  /** Which of those the reader is taken for; -1 for the peer. */
  readonly reader: number;
  /** Other headers in which proxies say whom they ask for; they are not read. */
  readonly unread: readonly string[];
  /** What `X-Forwarded-Proto` says; null where it is not there. */
  readonly protocol: string | null;
  /** The header `Host`. */
  readonly host: string | null;
}

const MOST_FORWARDED = 20;
const RANGES: readonly (readonly [kind: AddressKind, ranges: readonly string[]])[] = [
  ['loopback', ['loopback']],
  ['link-local', ['linklocal']],
  ['private', ['uniquelocal', '100.64.0.0/10']],
  ['documentation', ['192.0.2.0/24', '198.51.100.0/24', '203.0.113.0/24', '2001:db8::/32']],
];

/**
 * @param trustedProxies as the setting has them
 */
export function createArrivalOf(trustedProxies: readonly string[]): (request: IncomingMessage) => Arrival {
  const proxies = createTrustedProxies(trustedProxies);
  const kinds = RANGES.map(([kind, ranges]) => [kind, createTrustedProxies(ranges)] as const);
  const kindOf = (address: string | null): AddressKind => {
    if (address === null) return 'no address';
    return kinds.find(([, range]) => range.include(address))?.[0] ?? 'public';
  };

  return ({ socket, headers }) => {
    const peer = plainAddress(socket.remoteAddress ?? '');
    const written = String(headers['x-forwarded-for'] ?? '');
    const forwarded = written
      .split(',')
      .slice(-MOST_FORWARDED)
      .map((part) => plainAddress(part.trim()));
    const reader = peer === null ? null : proxies.readerBehind(peer, written).address;
    const chain = written === '' ? [] : forwarded;
    return {
      peer: kindOf(peer),
      peerPort: socket.remotePort ?? null,
      peerTrusted: peer !== null && proxies.include(peer),
      forwarded: chain.map(kindOf),
      reader: reader === peer ? -1 : chain.lastIndexOf(reader),
      unread: ['forwarded', 'x-real-ip', 'cf-connecting-ip'].filter((name) => headers[name] !== undefined),
      protocol: text(headers['x-forwarded-proto']),
      host: text(headers.host),
    };
  };
}

function text(value: string | readonly string[] | undefined): string | null {
  return typeof value === 'string' ? value.slice(0, 255) : null;
}
