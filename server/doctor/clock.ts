import { broken, type Check, type Finding, fine, unknown, warning } from './finding.ts';
import type { Reading } from './sql.ts';
import type { WebAnswer } from './web.ts';

const WARN_MS = 2_000;
const BROKEN_MS = 60_000;

/** Another clock, and how far it is ahead of this machine's. */
export interface Witness {
  readonly name: string;
  readonly aheadMs: number;
  /** How far off that may be for the way it was read. */
  readonly errorMs: number;
}

/** Whether this machine's clock agrees with those of the database and of the sites. */
export function clockCheck(witnesses: () => Promise<readonly Witness[]>): Check {
  return {
    group: 'This machine',
    name: 'clock',
    limitMs: 12_000,
    look: async () => judgeClock(await witnesses()),
  };
}

export function judgeClock(witnesses: readonly Witness[]): Finding {
  const off = witnesses.map((witness) => ({
    ...witness,
    ms: Math.max(0, Math.abs(witness.aheadMs) - witness.errorMs),
  }));
  const [worst] = off.toSorted((one, other) => other.ms - one.ms);
  if (!worst)
    return unknown(
      'there is no other clock to compare with',
      '`timedatectl` says whether it is kept by NTP.',
    );
  const names = witnesses.map(({ name }) => name).join(', ');
  if (worst.ms <= WARN_MS) return fine(`agrees with ${names}`);
  const away = `${(Math.abs(worst.aheadMs) / 1_000).toFixed(0)} s ${worst.aheadMs > 0 ? 'behind' : 'ahead of'} that of ${worst.name}`;
  // Where another one agrees with this machine, the one that does not is more likely wrong.
  const alone = off.some(({ ms }) => ms <= WARN_MS);
  const advice =
    'Days, salts and the lifetime of visit ids depend on the clock. Have it kept by NTP: `timedatectl set-ntp true`, chrony or systemd-timesyncd; in a container it is that of the host.';
  if (alone)
    return warning(`${away}, while others agree`, `Look at the clock of ${worst.name} first. ${advice}`);
  return (worst.ms > BROKEN_MS ? broken : warning)(away, advice);
}

/** The clock of a database server, asked in the middle of the time that the answer took. */
export async function clockOfDatabase(database: Reading, clock: () => number): Promise<Witness> {
  // The first question is also the one that connects.
  await database.ask('SELECT 1');
  const before = clock();
  const [row = {}] = await database.ask(
    'SELECT (extract(epoch FROM clock_timestamp()) * 1000)::float8 AS now',
  );
  const after = clock();
  return {
    name: 'the database server',
    aheadMs: Number(row['now']) - (before + after) / 2,
    errorMs: (after - before) / 2,
  };
}

/** The clock of a web server, which says whole seconds, and of a cache how long ago; null where it says none. */
export function clockOfSite(name: string, { headers, at, tookMs }: WebAnswer): Witness | null {
  const date = Date.parse(headers['date'] ?? '');
  if (Number.isNaN(date)) return null;
  const age = Number(headers['age'] ?? 0) || 0;
  return {
    name,
    aheadMs: date + 500 + age * 1_000 - (at - tookMs / 2),
    errorMs: 500 + tookMs / 2 + (age > 0 ? 1_000 : 0),
  };
}
