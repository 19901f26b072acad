import { dayOf } from '../domain/day.ts';
import { MAINTENANCE_INTERVAL_MS } from '../domain/maintenance.ts';
import { broken, type Check, type Finding, fine, unknown, warning } from './finding.ts';
import { isWithoutTable, numberOf, type Reading } from './sql.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const WESTERNMOST = '-12:00';

/** What the database says of work that is done now and then. */
export interface Upkeep {
  readonly now: number;
  /** When a job was last finished; null where it never was. */
  readonly finishedAt: Readonly<Record<string, number | null>>;
  /** Sites whose roll-ups have to be made anew. */
  readonly rollupsDue: readonly string[];
  /** Sites that keep visits for some days only. */
  readonly retained: number;
  /** Sites that are being deleted. */
  readonly deleting: number;
  readonly newestSalt: number | null;
  readonly oldestSalt: number | null;
  readonly visitorDays: number;
  /** Whether the service runs here; null where that is not known. */
  readonly running: boolean | null;
}

/** Whether maintenance runs, and what is due. */
export function upkeepCheck(
  database: Reading,
  world: {
    readonly clock: () => number;
    readonly visitorDays: number;
    readonly running: () => Promise<boolean | null>;
  },
): Check {
  return {
    group: 'Database',
    name: 'upkeep',
    limitMs: 10_000,
    async look() {
      const asked = await Promise.all([
        database.ask('SELECT name, finished_at FROM oxi_jobs'),
        database.ask('SELECT slug, rollups_due, retention_days, archived_at, deleted_at FROM oxi_sites'),
        database.ask('SELECT min(day) AS oldest, max(day) AS newest FROM oxi_salts'),
      ]).catch((error) => {
        if (isWithoutTable(error)) return null;
        throw error;
      });
      if (asked === null) return unknown('not told, since there are no tables yet');
      const [jobs, sites, salts] = asked;
      const isDue = (value: unknown) => value === true || value === 1;
      const active = sites.filter((row) => row['archived_at'] === null);
      return judgeUpkeep({
        now: world.clock(),
        finishedAt: Object.fromEntries(
          jobs.map((row) => [String(row['name']), numberOf(row['finished_at'])]),
        ),
        rollupsDue: active.filter((row) => isDue(row['rollups_due'])).map((row) => String(row['slug'])),
        retained: active.filter((row) => row['retention_days'] !== null).length,
        deleting: sites.filter((row) => row['deleted_at'] !== null).length,
        newestSalt: numberOf(salts[0]?.['newest']),
        oldestSalt: numberOf(salts[0]?.['oldest']),
        visitorDays: world.visitorDays,
        running: await world.running(),
      });
    },
  };
}

export function judgeUpkeep(upkeep: Upkeep): readonly Finding[] {
  const { now, finishedAt, running } = upkeep;
  const last = finishedAt['roll-ups'] ?? null;
  if (last === null)
    return [
      unknown('maintenance did not run yet', 'It runs seconds after a start, and every hour from then on.'),
    ];
  const found: Finding[] = [];
  const age = now - last;
  const late = running === true && age > 3 * MAINTENANCE_INTERVAL_MS;
  if (late) {
    found.push(
      warning(
        `maintenance ran ${ago(age)} last, though the service runs`,
        'It runs every hour. Look for "maintenance failed" in the log of the service.',
      ),
    );
  }
  if (upkeep.rollupsDue.length > 0 && (late || age > 2 * MAINTENANCE_INTERVAL_MS)) {
    found.push(
      warning(
        `the daily figures of ${upkeep.rollupsDue.join(', ')} are to be made anew`,
        'The service does that with its next maintenance; `oxicount rollups rebuild` does it now.',
      ),
    );
  }
  const pruned = finishedAt['retention'] ?? null;
  if (running === true && upkeep.retained > 0 && (pruned === null || now - pruned > 2 * DAY_MS)) {
    found.push(
      warning(
        'visits past their retention_days were not removed lately',
        'That is done once a day while the service runs. Look for "maintenance failed" in its log.',
      ),
    );
  }
  const today = dayOf(now, WESTERNMOST);
  const { oldestSalt, newestSalt } = upkeep;
  if (oldestSalt !== null && oldestSalt < today - upkeep.visitorDays - 1) {
    found.push(
      warning(
        `a salt is ${today - oldestSalt} days old, and should have been destroyed after ${upkeep.visitorDays}`,
        'As long as it stands, readers of that day could be recognised. It goes with the next maintenance: start the service, or look why that fails.',
      ),
    );
  }
  if (newestSalt !== null && newestSalt > today + 3) {
    found.push(
      broken(
        `a salt is of ${newestSalt - today} days from now`,
        'A clock was far ahead once: of the service, or of one of its replicas. Look at the clocks of all of them.',
      ),
    );
  }
  if (found.length > 0) return found;
  const salts =
    newestSalt === null ? 'no salt yet' : `the newest salt is of ${describeDay(newestSalt, today)}`;
  const deleting = upkeep.deleting > 0 ? `, ${upkeep.deleting} sites are being deleted` : '';
  return [fine(`maintenance ran ${ago(age)}, ${salts}${deleting}`)];
}

function ago(ms: number): string {
  if (ms < HOUR_MS) return `${Math.max(0, Math.round(ms / 60_000))} min ago`;
  return ms < 2 * DAY_MS ? `${Math.round(ms / HOUR_MS)} h ago` : `${Math.round(ms / DAY_MS)} days ago`;
}

function describeDay(day: number, today: number): string {
  return day >= today ? 'today' : `${today - day} days ago`;
}
