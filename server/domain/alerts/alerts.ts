import { DAY_MS } from '../day.ts';
import type { Clock, Storage } from '../ports.ts';

/** How often {@link Alerts.run} is to be called, in milliseconds. */
export const ALERTS_INTERVAL_MS = 5_000;
const JUDGED_EVERY_MS = 5 * 60_000;
const LEASE_MS = 5 * 60_000;
/** Days that what was sent can be looked at. */
const KEPT_DAYS = 30;

/** Tells webhooks what happens on their sites. */
export interface Alerts {
  /**
   * Every few minutes looks for what there is to tell, and sends what is due. Of all processes of an instance one does
   * each.
   */
  run(): Promise<void>;
  /** Begins no further attempt. */
  stop(): void;
}

export interface AlertsOptions {
  readonly storage: Pick<Storage, 'webhooks' | 'leaseJob' | 'finishJob'>;
  readonly judge: () => Promise<void>;
  readonly deliver: (isStopping: () => boolean) => Promise<void>;
  readonly clock: Clock;
}

export function createAlerts({ storage, judge, deliver, clock }: AlertsOptions): Alerts {
  let isStopping = false;

  async function judgeWhenDue(): Promise<void> {
    // Without any there is nothing to write, not even that nothing was found.
    if (!(await storage.webhooks.any())) return;
    const now = clock();
    const lease = { now, until: now + LEASE_MS, dueSince: now - JUDGED_EVERY_MS };
    if (!(await storage.leaseJob('alerts', lease))) return;
    await judge();
    await storage.webhooks.prune(clock() - KEPT_DAYS * DAY_MS);
    await storage.finishJob('alerts', clock());
  }

  return {
    async run() {
      if (isStopping) return;
      await judgeWhenDue();
      await deliver(() => isStopping);
    },
    stop() {
      isStopping = true;
    },
  };
}
