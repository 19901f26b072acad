import { type Counts, createCounts } from './counts.ts';
import { createHistory, type History } from './history.ts';
import { type KeyringOptions, loadKeyring } from './keyring.ts';
import { createLive, type Live } from './live.ts';
import { createPages } from './pages.ts';
import type { Clock, EventBus, OriginProbe, RandomBytes, Storage } from './ports.ts';
import { createSites, type Sites } from './sites.ts';
import { createVisits, type Visits } from './visits.ts';

/** Everything that an edge can ask for. */
export interface Domain {
  readonly sites: Sites;
  readonly visits: Visits;
  readonly counts: Counts;
  readonly history: History;
  readonly live: Live;
  /** Resolves when visits can be counted. @throws DomainError `UNAVAILABLE` */
  ready(): Promise<void>;
}

/** What the domain needs of the world. */
export interface World {
  readonly storage: Storage;
  readonly events: EventBus;
  readonly probe: OriginProbe;
  readonly clock: Clock;
  readonly randomBytes: RandomBytes;
  /** Secrets that seal visit ids, newest first; empty for one that is kept in the storage. */
  readonly secrets: KeyringOptions['configured'];
}

/** Wires the rules together. */
export async function createDomain(world: World): Promise<Domain> {
  const { storage, events, probe, clock, randomBytes } = world;
  const keyring = await loadKeyring({ storage, configured: world.secrets, clock, randomBytes });
  const sites = createSites(storage, clock);
  const pages = createPages({ storage, probe, clock });
  return {
    sites,
    visits: createVisits({ storage, sites, pages, keyring, clock, randomBytes }),
    counts: createCounts(storage, sites),
    history: createHistory(storage, sites, pages),
    live: createLive({ storage, sites, events }),
    ready: () => storage.ping(),
  };
}
