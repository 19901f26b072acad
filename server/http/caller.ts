import type { IncomingMessage } from 'node:http';
import type { Caller } from '../domain/caller.ts';
import { MAX_HEADER_LENGTH } from '../domain/dimensions/header.ts';
import { plainAddress } from './address.ts';
import { createTrustedProxies } from './trusted-proxies.ts';

/**
 * Makes of a request what the domain knows of who sends it. `authorization` stands in for the header of that name where
 * the request cannot have one.
 */
export type CallerOf = (request: IncomingMessage, authorization?: string) => Caller;

export interface CallerOptions {
  /** Addresses, ranges and names of ranges, as the setting `trusted_proxies` has them. */
  readonly trustedProxies: readonly string[];
  /** Header in which trusted proxies say the country, in lower case; null for none. */
  readonly countryHeader: string | null;
}

/** The other end of a connection. */
interface Peer {
  /** Null where the connection is gone already. */
  readonly address: string | null;
  readonly trusted: boolean;
  /** Whether it is on this machine or network, where proxies are. */
  readonly near: boolean;
}

const NOBODY = { address: null, claimed: null } as const;
const NEAR = ['loopback', 'linklocal', 'uniquelocal'];
/** What a proxy says of whom it asks for. */
const FORWARDED = ['x-forwarded-for', 'forwarded', 'x-real-ip'];

/**
 * What `X-Forwarded-For` and the country say is taken from trusted proxies only: anybody else can make it up. That there
 * is a proxy at all is believed of what is near.
 * @param untrusted told of each request from what looks like a proxy that is not trusted
 */
export function createCallerOf(
  { trustedProxies, countryHeader }: CallerOptions,
  untrusted: (address: string) => void = () => {},
): CallerOf {
  const proxies = createTrustedProxies(trustedProxies);
  const neighbours = createTrustedProxies(NEAR);
  // A proxy keeps its connections, and whoever is at the other end of one stays the same.
  const peers = new WeakMap<IncomingMessage['socket'], Peer>();

  function peerOf({ socket }: IncomingMessage): Peer {
    let peer = peers.get(socket);
    if (!peer) {
      const address = socket.remoteAddress === undefined ? null : plainAddress(socket.remoteAddress);
      peer = {
        address,
        trusted: address !== null && proxies.include(address),
        near: address !== null && neighbours.include(address),
      };
      peers.set(socket, peer);
    }
    return peer;
  }

  return (request, authorization = request.headers.authorization) => {
    const { address, trusted, near } = peerOf(request);
    const addressShared = near && !trusted && FORWARDED.some((name) => request.headers[name] !== undefined);
    const token = bearerToken(authorization);
    // A server that counts for its readers says whom it asks for, and is no proxy.
    if (addressShared && address !== null && token === null) untrusted(address);
    return {
      origin: originOf(request),
      ...(address === null ? NOBODY : proxies.readerBehind(address, forwardedFor(request))),
      addressShared,
      userAgent: header(request, 'user-agent'),
      languages: header(request, 'accept-language'),
      country: trusted && countryHeader !== null ? header(request, countryHeader) : null,
      globalPrivacyControl: isSet(request, 'sec-gpc'),
      token,
      doNotTrack: isSet(request, 'dnt'),
      hints: {
        purpose:
          header(request, 'sec-purpose') ??
          header(request, 'purpose') ??
          header(request, 'x-purpose') ??
          header(request, 'x-moz'),
        fetchSite: header(request, 'sec-fetch-site'),
        brands: header(request, 'sec-ch-ua'),
        mobile: header(request, 'sec-ch-ua-mobile'),
        platform: header(request, 'sec-ch-ua-platform'),
      },
    };
  };
}

/**
 * Browsers send `Origin` with all but same-origin GET requests, and pages cannot forge it. It is taken at any length:
 * a request without one may do more.
 */
export function originOf({ headers }: IncomingMessage): string | null {
  return headers.origin ?? null;
}

/** At any length, and also where nothing follows: what was sent and is no token is refused, and not taken for none. */
function bearerToken(authorization: string | undefined): string | null {
  const [, scheme, token = ''] = /^(bearer)(?: +(.*))?$/is.exec(authorization?.trim() ?? '') ?? [];
  return scheme === undefined ? null : token;
}

/** Whole, since it is read from its end; how long it can be is bounded by Node (16 KiB for all headers). */
function forwardedFor({ headers }: IncomingMessage): string {
  // Node joins those that came several times, though its types say otherwise.
  return String(headers['x-forwarded-for'] ?? '');
}

function header({ headers }: IncomingMessage, name: string): string | null {
  const value = headers[name];
  return typeof value === 'string' && value !== '' && value.length <= MAX_HEADER_LENGTH ? value : null;
}

/** Whether a header says `1`. One that came twice, as through a proxy that adds its own, is joined to `1, 1`. */
function isSet({ headers }: IncomingMessage, name: 'sec-gpc' | 'dnt'): boolean {
  const value = headers[name];
  return value === '1' || (typeof value === 'string' && /^\s*1\s*(?:,|$)/.test(value));
}
