import { expect, test } from 'vitest';
import { countryOfRecord } from './record.ts';

test.each([
  ['the packaged table', { country_code: 'DE' }, 'DE'],
  ['GeoLite2-Country', { country: { geoname_id: 2921044, iso_code: 'DE' }, continent: { code: 'EU' } }, 'DE'],
  [
    'GeoLite2-City',
    { city: { geoname_id: 1 }, country: { iso_code: 'CH', names: { en: 'Switzerland' } } },
    'CH',
  ],
  ['IPinfo Lite', { asn: 'AS1', country: 'Germany', country_code: 'DE', continent: 'Europe' }, 'DE'],
  ['IPinfo', { country: 'DE', continent: 'EU' }, 'DE'],
  ['an address whose country is not known', { continent: { code: 'EU' } }, null],
  ['GeoLite2-ASN', { autonomous_system_number: 1, autonomous_system_organization: 'One' }, null],
  ['a table of numbers', { country_code: 49, country: { iso_code: 276 } }, null],
  ['no record', null, null],
  ['an address that has none', undefined, null],
  ['a table of words', 'DE', null],
])('the country in a record of %s is found', (_table, record, country) => {
  expect(countryOfRecord(record)).toBe(country);
});
