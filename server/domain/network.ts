/**
 * What an address is limited as. A household or a machine has 64 bits of IPv6 addresses to itself, and can use another
 * one for each request; an IPv4 address is shared rather than owned many of.
 * @param address in the one spelling that the edge gives it (RFC 5952 for IPv6)
 */
export function networkOf(address: string): string {
  if (!address.includes(':')) return address;
  const [before = '', after] = address.split('::');
  const head = before === '' ? [] : before.split(':');
  const tail = after ? after.split(':') : [];
  const zeros = after === undefined ? [] : Array.from({ length: 8 - head.length - tail.length }, () => '0');
  return `${[...head, ...zeros, ...tail].slice(0, 4).join(':')}::/64`;
}
