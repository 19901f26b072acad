/**
 * The country of a record, in whichever of the usual ways it is written: as the packaged table and IPinfo have it
 * (`country_code`), as MaxMind and DB-IP do (`country.iso_code`), or as older tables do (`country`).
 * @returns null where the record has none
 */
export function countryOfRecord(record: unknown): string | null {
  const { country_code: code, country } = fieldsOf(record);
  const candidates = [code, fieldsOf(country)['iso_code'], country];
  return candidates.find((candidate) => typeof candidate === 'string') ?? null;
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
