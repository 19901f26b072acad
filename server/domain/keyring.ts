import { hkdfSync } from 'node:crypto';
import type { Clock, RandomBytes, Storage } from './ports.ts';
import type { SealedVisit } from './visit.ts';
import { createVisitSeal, invalidVisitId, parseVisitId, type VisitSeal } from './visit-id.ts';

/** How long after its registration a visit can be counted and reported on: a tab may stay in the background long. */
export const VISIT_LIFETIME_MS = 48 * 3_600_000;
const SECRET_SIZE = 32;
// Often enough for a rotation in another process, seldom enough that forged ids do not reach the database.
const RELOAD_INTERVAL_MS = 5_000;

/** Seals visit ids with the newest secret and opens those of all of them. */
export interface Keyring {
  seal(visit: SealedVisit): string;
  /** @throws DomainError `INVALID_VISIT_ID` or `VISIT_EXPIRED` */
  open(visitId: string): Promise<SealedVisit>;
  /** Takes up secrets that another process has added. */
  changed(): void;
  /**
   * A key for something else, of 32 bytes: the same in all processes that have the same secrets, whatever they add to
   * those of the database.
   */
  derive(purpose: string): Uint8Array;
  /** The name that all processes with the same secrets have in common. No secret. */
  readonly instance: string;
}

export interface KeyringOptions {
  readonly storage: Pick<Storage, 'secrets' | 'ensureSecret'>;
  /** Secrets from the configuration, newest first. Where there are none, one is made and kept in the database. */
  readonly configured: readonly string[];
  readonly clock: Clock;
  readonly randomBytes: RandomBytes;
}

/** Loads the secrets. Those of the database go on opening ids after one was configured. */
export async function loadKeyring(options: KeyringOptions): Promise<Keyring> {
  const { storage, clock, randomBytes } = options;
  const configured = options.configured.map((secret) => Buffer.from(secret, 'utf8'));
  const stored =
    configured.length > 0
      ? await storage.secrets()
      : await storage.ensureSecret(randomBytes(SECRET_SIZE), clock());
  const { derive, instance } = createDerivation({ configured, stored });
  let seals = makeSeals(stored);
  let reloadedAt = clock();
  let reloading: Promise<void> | undefined;
  let reloadFailure: unknown;

  function makeSeals(secrets: readonly Uint8Array[]): VisitSeal[] {
    return [...configured, ...secrets].map((secret) => createVisitSeal(secret, randomBytes));
  }

  /** Another process may have rotated the secret since. */
  function reload(): Promise<void> {
    if (reloading) return reloading;
    if (clock() - reloadedAt < RELOAD_INTERVAL_MS) {
      // Whether an id is foreign cannot be said before the secrets were read.
      return reloadFailure === undefined ? Promise.resolve() : Promise.reject(reloadFailure);
    }
    reloadedAt = clock();
    reloadFailure = undefined;
    reloading = storage
      .secrets()
      .then((secrets) => {
        seals = makeSeals(secrets);
      })
      .catch((error) => {
        reloadFailure = error;
        throw error;
      })
      .finally(() => {
        reloading = undefined;
      });
    return reloading;
  }

  function openWith(keyId: number, id: Buffer): SealedVisit | null {
    for (const seal of seals) {
      const visit = seal.keyId === keyId ? seal.open(id) : null;
      if (visit) return visit;
    }
    return null;
  }

  return {
    seal(visit) {
      const [newest] = seals;
      if (!newest)
        throw new Error('The keyring is empty: the database holds no secret and none is configured.');
      return newest.seal(visit);
    },
    async open(text) {
      const { id, keyId } = parseVisitId(text, clock(), VISIT_LIFETIME_MS);
      if (!seals.some((seal) => seal.keyId === keyId)) await reload();
      const visit = openWith(keyId, id);
      if (!visit) throw invalidVisitId();
      return visit;
    },
    changed() {
      // What is read just now may have been asked for before the change.
      const settled = reloading?.catch(() => {}) ?? Promise.resolve();
      void settled.then(() => {
        reloadedAt = Number.NEGATIVE_INFINITY;
        // Where it fails, the next id of an unknown secret tries again.
        reload().catch(() => {});
      });
    },
    derive,
    instance,
  };
}

/** Adds a secret to the database that seals from now on; running processes take it up when they meet an id of it. */
export async function rotateSecret(
  options: Pick<KeyringOptions, 'clock' | 'randomBytes'> & { readonly storage: Pick<Storage, 'addSecret'> },
): Promise<void> {
  await options.storage.addSecret(options.randomBytes(SECRET_SIZE), options.clock());
}

/** What the processes of an instance have in common, of the secrets that they were started with. */
export async function derivationOf({
  storage,
  configured,
}: Pick<KeyringOptions, 'configured'> & { readonly storage: Pick<Storage, 'secrets'> }): Promise<
  Pick<Keyring, 'derive' | 'instance'>
> {
  const stored = configured.length > 0 ? [] : await storage.secrets();
  return createDerivation({ configured: configured.map((secret) => Buffer.from(secret, 'utf8')), stored });
}

/** From the oldest secret, which stays when others are added. */
function createDerivation(secrets: {
  readonly configured: readonly Uint8Array[];
  readonly stored: readonly Uint8Array[];
}): Pick<Keyring, 'derive' | 'instance'> {
  const oldest = secrets.configured.at(-1) ?? secrets.stored.at(-1) ?? Buffer.alloc(0);
  const derive = (purpose: string) =>
    new Uint8Array(hkdfSync('sha256', oldest, '', `oxicount ${purpose}`, SECRET_SIZE));
  return { derive, instance: Buffer.from(derive('instance')).toString('hex').slice(0, 16) };
}
