import { READERS } from '../../../server/domain/bots/user-agents.testing.ts';
import type { Caller } from '../../../server/domain/caller.ts';
import type { CountryLookup } from '../../../server/domain/ports.ts';
import { from } from '../../../server/domain/world.testing.ts';
import { checkColumns, type Table } from './tables.ts';

/** Who reads the site in the examples. */
export interface Cast {
  /** @throws Error for one who is not in it */
  callerOf(name: string, origin: string): Caller;
  readonly country: CountryLookup;
}

const PROGRAMS: Readonly<Record<string, string>> = {
  Googlebot: 'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)',
  curl: 'curl/8.5.0',
};

export function readCast(table: Table): Cast {
  checkColumns(table, ['reader', 'address', 'country', 'reads with', 'Accept-Language', 'sends']);
  const people = new Map(table.rows.map((row) => [row('reader'), row]));
  const countries = new Map(table.rows.map((row) => [row('address'), row('country')]));
  return {
    callerOf(name, origin) {
      const row = people.get(name);
      if (!row) throw new Error(`Nobody knows who ${name} is.`);
      const program = PROGRAMS[row('reads with')];
      return withHeader(
        from(program === undefined ? origin : null, {
          address: row('address'),
          userAgent: program ?? browserOf(row('reads with')),
          languages: row('Accept-Language') || null,
          // Programs send none.
          ...(program === undefined
            ? {}
            : { hints: { purpose: null, fetchSite: null, brands: null, mobile: null, platform: null } }),
        }),
        row('sends'),
      );
    },
    country: (address) => countries.get(address) ?? null,
  };
}

/** The user agent of `Firefox on Linux`. */
function browserOf(text: string): string {
  const found = READERS.find(({ browser, system }) => `${browser} on ${system}` === text);
  if (!found) throw new Error(`Nobody knows what ${text} sends.`);
  return found.userAgent;
}

function withHeader(caller: Caller, header: string): Caller {
  switch (header) {
    case '':
      return caller;
    case 'Sec-GPC: 1':
      return { ...caller, globalPrivacyControl: true };
    case 'DNT: 1':
      return { ...caller, doNotTrack: true };
    case 'Sec-Purpose: prefetch':
      return { ...caller, hints: { ...caller.hints, purpose: 'prefetch' } };
    default:
      throw new Error(`Nobody knows the header ${header}.`);
  }
}
