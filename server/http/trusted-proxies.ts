import { compile } from '@fastify/proxy-addr';
import { plainAddress } from './address.ts';

/** The proxies that are believed. */
export interface TrustedProxies {
  /** @param address as {@link plainAddress} gives it */
  include(address: string): boolean;
  /**
   * The reader behind a trusted proxy. Every proxy appends the address that it was asked from, so the header is read
   * from its end: the last address that is no trusted proxy is the reader's, and what stands before it is hearsay.
   * @param peer who asked this instance
   */
  readerBehind(peer: string, forwardedFor: string): ForwardedReader;
}

/** Who asks, as far as what proxies say of it is believed. */
export interface ForwardedReader {
  /** A trusted proxy where there is nothing else that is an address. */
  readonly address: string;
  /** The address for which that one says to ask; null where it says none. */
  readonly claimed: string | null;
}

/** @param entries as the setting `trusted_proxies` has them; one that is wrong throws */
export function createTrustedProxies(entries: readonly string[]): TrustedProxies {
  const trusts = compile([...entries]);
  const include = (address: string) => trusts(address, 0);
  return {
    include,
    readerBehind(peer, forwardedFor) {
      let reader = peer;
      let end = forwardedFor.length;
      while (end > 0) {
        const comma = forwardedFor.lastIndexOf(',', end - 1);
        const address = plainAddress(forwardedFor.slice(comma + 1, end).trim());
        if (address === null || !include(reader)) return { address: reader, claimed: address };
        reader = address;
        end = comma;
      }
      return { address: reader, claimed: null };
    },
  };
}
