import { isIP } from 'node:net';
import { open } from 'maxmind';
import type { CountryLookup } from '../domain/ports.ts';
import { countryOfRecord } from './record.ts';

/** Looked up to see that a file can be read through and is about countries: any of them may be missing in a table. */
const WELL_KNOWN = ['1.1.1.1', '8.8.8.8', '193.0.6.139', '2001:4860:4860::8888', '2a00:1450::1'];

/**
 * Reads an `.mmdb` file (https://maxmind.github.io/MaxMind-DB/) into memory. A look-up takes about a microsecond, so no
 * address is remembered.
 * @throws Error where it cannot be read, is damaged, or has no countries
 */
export async function readTable(file: string): Promise<CountryLookup> {
  const reader = await open(file);
  // The addresses of a table for IPv4 are found by their first 32 bits, which an IPv6 address has, too.
  const families = reader.metadata.ipVersion === 4 ? [4] : [4, 6];
  const recordOf = (address: string): unknown =>
    families.includes(isIP(address)) ? reader.get(address) : null;

  const records = WELL_KNOWN.map(recordOf).filter((record) => record !== null);
  if (records.length > 0 && records.every((record) => countryOfRecord(record) === null)) {
    throw new Error('its records name no country');
  }
  return (address) => {
    try {
      return countryOfRecord(recordOf(address));
    } catch {
      // A table that is damaged in one place is good for the others.
      return null;
    }
  };
}
