import { compile } from '@fastify/proxy-addr';
import { plainAddress } from './address.ts';

/** The proxies that are believed. */
export interface TrustedProxies {
  /** @param address as {@link plainAddress} gives it */
  include(address: string): boolean;
  /**
   * The reader behind a trusted proxy. Every proxy appends the address that it was asked from, so the header is read
   * from its end: the last address that is no trusted proxy is the reader's, and what stands before it is hearsay.
   * @param peer who asked this instance, a trusted proxy
   * @returns a trusted proxy where there is nothing else that is an address
   */
  readerBehind(peer: string, forwardedFor: string): string;
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
        if (address === null) return reader;
        reader = address;
        if (!include(reader)) return reader;
        end = comma;
      }
      return reader;
    },
  };
}
