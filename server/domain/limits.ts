import { hash } from 'node:crypto';
import type { Caller } from './caller.ts';
import { DomainError } from './errors.ts';
import { networkOf } from './network.ts';
import type { Budgets, Clock } from './ports.ts';
import type { Site } from './site.ts';

/** The budgets of a caller, and what each is of. */
const BUDGETS = {
  tracking: 'steps of visits and pixel views',
  reads: 'reads of figures',
  votes: 'votes',
  failedTokens: 'wrong tokens',
  newPages: 'paths seen for the first time',
} as const;

/** What a caller can do only so often. */
export type CallerBudget = keyof typeof BUDGETS;

/** How much is let through, a minute where nothing else is said; 0 is as much as there is. */
export interface LimitSettings extends Readonly<Record<CallerBudget, number>> {
  /** Paths of one site seen for the first time, from all callers together. */
  readonly newPagesOfSite: number;
  /** Subscriptions that a caller has open at one time, and sockets for them. */
  readonly subscriptions: number;
}

/** Who is limited: all who come from one network, as far as the instance can tell them apart. */
export type LimitedCaller = Pick<Caller, 'address' | 'addressShared'>;
/** Who is limited, and may say to be somebody. */
export type LimitedReader = LimitedCaller & Pick<Caller, 'token'>;

/** Something that a caller has open. */
export type Held = 'subscriptions' | 'sockets';

/** Keeps a few from using up what all share. Of who they are, hashes are kept, for minutes and in no database. */
export interface Limits {
  /**
   * Takes from the budget of a caller: n at once, and n more within each minute.
   * @param weight how much is taken, 1 where nothing is said; more than there is at once takes all. 0 asks whether
   * anything is left, for what is taken only once it failed
   * @throws DomainError `RATE_LIMITED`
   */
  take(budget: CallerBudget, caller: LimitedCaller, weight?: number): Promise<void>;
  /**
   * Takes reads, from those who did not send too many wrong tokens.
   * @throws DomainError `RATE_LIMITED`
   */
  takeReads(reader: LimitedReader, weight: number): Promise<void>;
  /** Refuses those who sent too many wrong tokens. @throws DomainError `RATE_LIMITED` */
  checkTokens(reader: LimitedReader): Promise<void>;
  /** Takes a wrong token after it was refused, so that nobody can try many. */
  takeFailedToken(reader: LimitedReader): Promise<void>;
  /**
   * Takes from the budgets of a caller and of a site for a path that the site has to be asked for.
   * @throws DomainError `RATE_LIMITED`
   */
  takeNewPage(site: Site, caller: LimitedCaller): Promise<void>;
  /**
   * Takes one of those that a caller may have open in this process at one time.
   * @returns gives it back; more than once does no harm
   * @throws DomainError `TOO_MANY_SUBSCRIPTIONS`
   */
  hold(what: Held, caller: LimitedCaller): () => void;
}

export interface LimitsOptions {
  readonly settings: LimitSettings;
  readonly budgets: Budgets;
  readonly clock: Clock;
  /** What callers are hashed with: one for all processes whose budgets are to be the same. */
  readonly key: Uint8Array;
}

export function createLimits({ settings, budgets, clock, key }: LimitsOptions): Limits {
  // Of one length, before what it is the key of; nobody is shown the hashes.
  const secret = Buffer.from(key).toString('hex');
  const held = new Map<string, number>();

  /** Callers whose connection is gone already have one key together. */
  function keyOf(name: string, { address }: LimitedCaller): string {
    return hashed(name, address === null ? 'unknown' : networkOf(address));
  }

  function hashed(name: string, of: string): string {
    return `${name}:${hash('sha256', secret + of, 'base64')}`;
  }

  async function charge({ key, what, perMinute, weight }: Charge): Promise<void> {
    const waitMs = await budgets.take(key, { perMinute, weight: Math.min(weight, perMinute) }, clock());
    if (waitMs === 0) return;
    const retryAfterSecs = Math.ceil(waitMs / 1_000);
    throw new DomainError(
      'RATE_LIMITED',
      `Too many ${what}: the limit is ${perMinute} a minute. Try again in ${retryAfterSecs} s.`,
      { retryAfterSecs },
    );
  }

  async function take(budget: CallerBudget, caller: LimitedCaller, weight = 1): Promise<void> {
    const perMinute = settings[budget];
    if (perMinute === 0 || caller.addressShared) return;
    const what = `${BUDGETS[budget]} from this address`;
    await charge({ key: keyOf(budget, caller), what, perMinute, weight });
  }

  async function checkTokens(reader: LimitedReader): Promise<void> {
    if (reader.token !== null) await take('failedTokens', reader, 0);
  }

  return {
    take,
    async takeReads(reader, weight) {
      await checkTokens(reader);
      await take('reads', reader, weight);
    },
    checkTokens,
    async takeFailedToken(reader) {
      // It was refused for itself already.
      await take('failedTokens', reader).catch(() => {});
    },
    async takeNewPage({ id, slug }, caller) {
      await take('newPages', caller);
      const perMinute = settings.newPagesOfSite;
      if (perMinute === 0) return;
      const what = `${BUDGETS.newPages} on the site ${slug}`;
      await charge({ key: hashed('newPagesOfSite', `${id}`), what, perMinute, weight: 1 });
    },
    hold(what, caller) {
      const most = settings.subscriptions;
      if (most === 0 || caller.addressShared) return () => {};
      const key = keyOf(what, caller);
      const open = held.get(key) ?? 0;
      if (open >= most) {
        throw new DomainError(
          'TOO_MANY_SUBSCRIPTIONS',
          `This address has ${open} open ${what}; the limit is ${most}.`,
        );
      }
      held.set(key, open + 1);
      let returned = false;
      return () => {
        if (returned) return;
        returned = true;
        const left = (held.get(key) ?? 1) - 1;
        if (left > 0) held.set(key, left);
        else held.delete(key);
      };
    },
  };
}

/** What is taken, from which budget. */
interface Charge {
  readonly key: string;
  /** Completes "Too many ...". */
  readonly what: string;
  readonly perMinute: number;
  readonly weight: number;
}
