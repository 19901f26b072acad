import { createHash, timingSafeEqual } from 'node:crypto';
import type { RandomBytes } from './ports.ts';

const PREFIX_SIZE = 6;
const SECRET_SIZE = 32;
const FORM = /^oxi_([0-9a-f]{12})_([\w-]{43})$/;

/** A token as it is sent: `oxi_`, twelve hexadecimal digits that are public, `_`, and 256 random bits in base64url. */
export interface TokenText {
  readonly prefix: string;
  readonly secret: string;
}

export function newTokenText(randomBytes: RandomBytes): TokenText {
  return {
    prefix: Buffer.from(randomBytes(PREFIX_SIZE)).toString('hex'),
    secret: Buffer.from(randomBytes(SECRET_SIZE)).toString('base64url'),
  };
}

export function formatToken({ prefix, secret }: TokenText): string {
  return `oxi_${prefix}_${secret}`;
}

/** @returns null for what is no token of ours */
export function parseToken(text: string): TokenText | null {
  const [, prefix, secret] = FORM.exec(text) ?? [];
  return prefix === undefined || secret === undefined ? null : { prefix, secret };
}

/** A hash that is slow by design would add nothing: nobody guesses 256 random bits. */
export function hashOf(secret: string): Uint8Array {
  return createHash('sha256').update(secret).digest();
}

/** Compares hashes, which are of one length, in one time whatever they are. */
export function isSame(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && timingSafeEqual(a, b);
}
