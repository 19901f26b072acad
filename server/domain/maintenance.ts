import { dayOf, startOfDay } from './day.ts';
import type { Clock, Storage } from './ports.ts';
import type { Rollups } from './rollups.ts';
import type { Salts } from './salts.ts';
import type { Site } from './site.ts';
import type { SiteAdministration } from './site-administration.ts';

/** How often {@link Maintenance.run} is to be called, in milliseconds. */
export const MAINTENANCE_INTERVAL_MS = 3_600_000;
/** Visits removed in one transaction: few enough that nobody waits for it. */
const PRUNED_AT_ONCE = 1_000;
const DAY_MS = 86_400_000;
// A process that dies with a lease keeps the others from the job for so long.
const LEASE_MS = 15 * 60_000;

/** What has to be done now and then. */
export interface Maintenance {
  /**
   * Destroys old salts; makes roll-ups anew that have to be; goes on deleting sites; once a day removes visits that are
   * past their retention. Of all processes of an instance one does what takes long.
   */
  run(): Promise<void>;
}

export interface MaintenanceOptions {
  readonly storage: Pick<Storage, 'sites' | 'pruneVisits' | 'leaseJob' | 'finishJob'>;
  readonly salts: Pick<Salts, 'destroyOld'>;
  readonly rollups: Pick<Rollups, 'rebuildDue'>;
  readonly administration: Pick<SiteAdministration, 'finishDeletions'>;
  readonly clock: Clock;
}

export function createMaintenance(options: MaintenanceOptions): Maintenance {
  const { storage, salts, rollups, administration, clock } = options;

  /** Does the work unless another process does, or it was done within the interval. */
  async function alone(name: string, intervalMs: number, work: () => Promise<void>): Promise<void> {
    const now = clock();
    const leased = await storage.leaseJob(name, { now, until: now + LEASE_MS, dueSince: now - intervalMs });
    if (!leased) return;
    await work();
    await storage.finishJob(name, clock());
  }

  async function prune(site: Site): Promise<void> {
    if (site.retentionDays === null) return;
    const through = dayOf(clock(), site.timeZone) - site.retentionDays;
    const before = startOfDay(through + 1, site.timeZone);
    while ((await storage.pruneVisits(site.id, before, through, PRUNED_AT_ONCE)) > 0);
  }

  return {
    async run() {
      await salts.destroyOld();
      await alone('roll-ups', 0, () => rollups.rebuildDue());
      await alone('deletion', 0, () => administration.finishDeletions());
      await alone('retention', DAY_MS, async () => {
        for (const site of await storage.sites()) await prune(site);
      });
    },
  };
}
