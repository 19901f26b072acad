import { type Day, dayOf } from './day.ts';
import type { Clock, RandomBytes, Salt, Storage } from './ports.ts';

const SALT_SIZE = 32;
// Another process may have made the salt of a day that is past, for a visit that was counted late.
const RELOAD_INTERVAL_MS = 60_000;
// Where a day ends last.
const WESTERNMOST = '-12:00';

/** Random salts, one a day of the calendar, shared by all processes of an instance, destroyed after some days. */
export interface Salts {
  /**
   * The salt of a day, made on demand, and those of the days before that still stand.
   * @returns null where the day is too long ago: its salt was destroyed, or might be at any moment
   */
  of(day: Day): Promise<{ readonly salt: Salt; readonly earlier: readonly Salt[] } | null>;
  /** Destroys the salts that are no longer needed anywhere, with all that was kept under their pseudonyms. */
  destroyOld(): Promise<void>;
}

export interface SaltsOptions {
  readonly storage: Pick<Storage, 'salts' | 'ensureSalt' | 'destroySalts'>;
  /** How many days a salt stands, its own included; at least 1. */
  readonly days: number;
  readonly clock: Clock;
  readonly randomBytes: RandomBytes;
}

export function createSalts({ storage, days, clock, randomBytes }: SaltsOptions): Salts {
  let known: readonly Salt[] = [];
  let loadedAt = Number.NEGATIVE_INFINITY;
  let making: { readonly day: Day; readonly made: Promise<void> } | undefined;

  /** The first day whose salt stands. A salt that was destroyed is never made again: it would be another one. */
  const oldest = () => dayOf(clock(), WESTERNMOST) - days + 1;

  async function load(): Promise<void> {
    loadedAt = clock();
    known = await storage.salts(oldest());
  }

  async function make(day: Day): Promise<void> {
    await storage.ensureSalt({ day, value: randomBytes(SALT_SIZE) });
    await load();
  }

  async function ensure(day: Day): Promise<void> {
    // All visits at the beginning of a day wait for one salt.
    if (making?.day !== day) {
      const made = make(day).finally(() => {
        if (making?.made === made) making = undefined;
      });
      making = { day, made };
    }
    await making?.made;
  }

  return {
    async of(day) {
      if (day < oldest()) return null;
      if (!known.some((salt) => salt.day === day)) await ensure(day);
      else if (clock() - loadedAt >= RELOAD_INTERVAL_MS) await load();
      const salt = known.find((one) => one.day === day);
      if (!salt) return null;
      const first = Math.max(day - days + 1, oldest());
      return { salt, earlier: known.filter((one) => one.day < day && one.day >= first) };
    },
    async destroyOld() {
      const before = oldest();
      known = known.filter((salt) => salt.day >= before);
      await storage.destroySalts(before);
    },
  };
}
