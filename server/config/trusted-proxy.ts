import { isIP } from 'node:net';
import { type Shape, text } from './shape.ts';

/** Ranges that have a name: this machine, its links (RFC 3927, RFC 4291), and private networks (RFC 1918, RFC 4193). */
const NAMES = new Set(['loopback', 'linklocal', 'uniquelocal']);

/** An address or a range, which is not everybody: whoever is trusted can pass for any reader. */
export const trustedProxy: Shape<string> = text(
  'an address such as 10.0.0.1 or 2001:db8::1, a range such as 10.0.0.0/8 or 2001:db8::/32 but not /0, ' +
    'or one of loopback, linklocal, uniquelocal',
  (given) => (NAMES.has(given) || isRange(given) ? given : undefined),
);

function isRange(given: string): boolean {
  const [address = '', length, ...rest] = given.split('/');
  const family = isIP(address);
  // A zone is a link of one machine, and is dropped from the addresses that are compared.
  if (family === 0 || address.includes('%') || rest.length > 0) return false;
  if (length === undefined) return true;
  return /^[1-9]\d{0,2}$/.test(length) && Number(length) <= (family === 4 ? 32 : 128);
}
