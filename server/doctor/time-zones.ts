import { broken, type Check, type Finding, fine } from './finding.ts';

/** Zones of a complete Node; those with little data know UTC and a few others. */
const SEVERAL = 100;

/** Whether this Node knows the zones in which the days of sites begin. */
export function timeZonesCheck(zones: () => Promise<readonly string[]>): Check {
  return {
    group: 'This machine',
    name: 'time zones',
    limitMs: 8_000,
    look: async () =>
      judgeTimeZones({
        known: Intl.supportedValuesOf('timeZone').length,
        data: process.versions['tz'] ?? null,
        unknown: (await zones()).filter((zone) => !isKnown(zone)),
      }),
  };
}

export function judgeTimeZones(found: {
  /** How many zones there are. */
  readonly known: number;
  /** Version of the data. */
  readonly data: string | null;
  /** Zones of sites that are not among them. */
  readonly unknown: readonly string[];
}): Finding {
  const { known, data, unknown } = found;
  if (unknown.length === 0 && known >= SEVERAL) return fine(`data of ${data ?? 'unknown age'}`);
  return broken(
    unknown.length > 0 ? `not known: ${unknown.join(', ')}` : `only ${known} are known`,
    'This Node was built without full international data, or with old ones. Install the one from nodejs.org or an official image, and take NODE_ICU_DATA away.',
  );
}

function isKnown(timeZone: string): boolean {
  // Fixed offsets need no data.
  if (/^[+-]\d\d:\d\d$/.test(timeZone)) return true;
  try {
    new Intl.DateTimeFormat('en', { timeZone });
    return true;
  } catch {
    return false;
  }
}
