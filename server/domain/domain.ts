import { type Access, createAccess } from './access.ts';
import { type Administrators, createAdministrators } from './administrators.ts';
import { type Alerts, createAlerts } from './alerts/alerts.ts';
import { createDeliver } from './alerts/deliver.ts';
import { createDigests, type Digests } from './alerts/digests.ts';
import { createJudge } from './alerts/judge.ts';
import type { WebhookSender } from './alerts/sender.ts';
import { createWebhooks, type Webhooks } from './alerts/webhooks.ts';
import { type Badges, createBadges } from './badges.ts';
import { type Counts, createCounts } from './counts.ts';
import type { ExportStorage } from './export/export-storage.ts';
import { createExports, type Exports } from './export/exports.ts';
import { createHistory, type History } from './history.ts';
import { type Keyring, type KeyringOptions, loadKeyring } from './keyring.ts';
import { createLimits, type LimitSettings, type Limits } from './limits.ts';
import { createLive, type Live } from './live.ts';
import { createMaintenance, type Maintenance } from './maintenance.ts';
import { createOperatorProof, type OperatorProof } from './operator-proof.ts';
import { createPages } from './pages.ts';
import type {
  Budgets,
  Change,
  Clock,
  CountryLookup,
  EventBus,
  OriginProbe,
  RandomBytes,
  Reach,
  ReadReplica,
  Storage,
} from './ports.ts';
import { createPseudonyms } from './pseudonyms.ts';
import { createRealTime, type RealTime } from './real-time.ts';
import { createRollups, type Rollups } from './rollups.ts';
import { createSalts } from './salts.ts';
import { createSenders } from './senders.ts';
import { createSiteAdministration, type SiteAdministration } from './site-administration.ts';
import type { NewSiteDefaults } from './site-input.ts';
import { createSites, type Sites } from './sites.ts';
import { createStats, type Stats } from './statistics/stats.ts';
import { createTokenCheck, type TokenCheck } from './token-check.ts';
import { createTokens, type Tokens } from './tokens.ts';
import { createVisits, type Visits } from './visits.ts';
import { createVotes, type Votes } from './votes.ts';

/** Everything that an edge can ask for. */
export interface Domain {
  readonly sites: Sites;
  readonly visits: Visits;
  readonly votes: Votes;
  readonly counts: Counts;
  readonly history: History;
  readonly exports: Exports;
  readonly live: Live;
  readonly stats: Stats;
  readonly badges: Badges;
  readonly digests: Digests;
  readonly realTime: RealTime;
  readonly rollups: Rollups;
  readonly maintenance: Maintenance;
  readonly access: Access;
  readonly administrators: Pick<Administrators, 'ofInstance'>;
  readonly administration: SiteAdministration;
  readonly tokens: Tokens;
  readonly webhooks: Webhooks;
  readonly alerts: Alerts;
  /** What edges take from before they ask for figures; tracking takes by itself. */
  readonly limits: Limits;
  /** Resolves when visits can be counted. @throws DomainError `UNAVAILABLE` */
  ready(): Promise<void>;
  /** How the replica is that figures are read from; null where there is none. */
  readReplica(): Promise<ReadReplica | null>;
  /** Whom live events reach now. */
  reach(): Reach;
  /** What all replicas of this instance are called, and no other instance. No secret. */
  readonly instance: string;
  /** Told by whoever can read the secrets of this instance. */
  readonly operatorProof: OperatorProof;
}

/** What the domain needs of the world. */
export interface World {
  readonly storage: Storage;
  /** Where exports are read from. */
  readonly exported: ExportStorage;
  readonly events: EventBus;
  readonly probe: OriginProbe;
  readonly country: CountryLookup;
  readonly budgets: Budgets;
  readonly clock: Clock;
  readonly randomBytes: RandomBytes;
  /** Secrets that seal visit ids, newest first; empty for one that is kept in the storage. */
  readonly secrets: KeyringOptions['configured'];
  /** The bearer token that may read everything; null for none. */
  readonly adminToken: string | null;
  /** What new sites take from the instance where nothing is said. */
  readonly siteDefaults: NewSiteDefaults;
  /** How many days a visitor can be recognised, the day itself included. */
  readonly visitorDays: number;
  readonly limits: LimitSettings;
  readonly sendWebhook: WebhookSender;
  /** Whether webhooks may lead to plain http and to addresses of this machine and network. */
  readonly allowPrivateWebhooks: boolean;
}

/** Wires the rules together. */
export async function createDomain(world: World): Promise<Domain> {
  const { storage, events, probe, country, clock, randomBytes } = world;
  const keyring = await loadKeyring({ storage, configured: world.secrets, clock, randomBytes });
  const salts = createSalts({ storage, days: world.visitorDays, clock, randomBytes });
  const tokenCheck = createTokenCheck({ storage, clock });
  const access = createAccess({ adminToken: world.adminToken, tokens: tokenCheck });
  const administrators = createAdministrators({ storage, access });
  const sites = createSites({ storage, access, clock });
  const rollups = createRollups({ storage, clock });
  const limits = createLimits({
    settings: world.limits,
    budgets: world.budgets,
    clock,
    key: keyring.derive('limits'),
  });
  const pages = createPages({ storage, probe, clock });
  const counts = createCounts(storage, sites);
  const stats = createStats({ storage: storage.statistics, sites, clock });
  const pseudonyms = createPseudonyms(salts);
  const administration = createSiteAdministration({
    storage,
    administrators,
    defaults: world.siteDefaults,
    clock,
    changed: () => events.announce({ of: 'sites' }),
    rollupsDue: () => void maintenance.run().catch(() => {}),
  });
  const maintenance = createMaintenance({ storage, salts, rollups, administration, clock });
  events.onChange((change) => forget(change, { sites, tokenCheck, keyring }));
  return {
    sites,
    visits: createVisits({
      storage,
      sites,
      pages,
      keyring,
      pseudonyms,
      senders: createSenders(access),
      limits,
      country,
      clock,
      randomBytes,
    }),
    votes: createVotes({ storage, sites, pages, pseudonyms, limits, clock }),
    counts,
    history: createHistory(storage, sites, pages),
    exports: createExports({ storage, exported: world.exported, administrators, clock }),
    live: createLive({ storage, sites, events, clock }),
    stats,
    badges: createBadges({ sites, counts, stats }),
    digests: createDigests({ sites, stats, clock }),
    realTime: createRealTime({ storage, sites, events, clock }),
    rollups,
    limits,
    maintenance,
    access,
    administrators,
    administration,
    tokens: createTokens({
      storage,
      administrators,
      revoked: (prefix) => events.announce({ of: 'token', prefix }),
      clock,
      randomBytes,
    }),
    webhooks: createWebhooks({
      storage,
      administrators,
      allowPrivate: world.allowPrivateWebhooks,
      clock,
      randomBytes,
    }),
    alerts: createAlerts({
      storage,
      judge: createJudge({ storage, stats, clock, randomBytes }),
      deliver: createDeliver({ storage, send: world.sendWebhook, clock, randomBytes }),
      clock,
    }),
    ready: () => storage.ping(),
    readReplica: () => storage.readReplica(),
    reach: () => events.reach(),
    instance: keyring.instance,
    operatorProof: createOperatorProof(keyring.derive('operator'), clock),
  };
}

interface Kept {
  readonly sites: Pick<Sites, 'forget'>;
  readonly tokenCheck: Pick<TokenCheck, 'forget' | 'forgetAll'>;
  readonly keyring: Pick<Keyring, 'changed'>;
}

/** Drops what is kept in memory of what was changed, here or in another process. */
function forget(change: Change, { sites, tokenCheck, keyring }: Kept): void {
  const any = change.of === 'anything';
  if (any || change.of === 'sites') sites.forget();
  if (any || change.of === 'secrets') keyring.changed();
  if (any) tokenCheck.forgetAll();
  if (change.of === 'token') tokenCheck.forget(change.prefix);
}
