import { localOrigin } from './config/address.ts';
import type { Config } from './config/config.ts';
import { demoSite } from './demo-site.ts';
import { createDomain, type Domain } from './domain/domain.ts';
import { MAINTENANCE_INTERVAL_MS } from './domain/maintenance.ts';
import type { Storage } from './domain/ports.ts';
import { freePort } from './free-port.ts';
import { openCountries } from './geo/countries.ts';
import { addGraphQL } from './graphql/server.ts';
import { createCallerOf } from './http/caller.ts';
import { createHttpServer } from './http/server.ts';
import type { Log } from './log.ts';
import { createOriginProbe } from './origin/probe.ts';
import { createRandomBytes } from './random-bytes.ts';
import { createRefusals } from './refusals.ts';
import { createReplicas } from './replicas.ts';
import { patiently } from './starting.ts';
import { unavailableWhenAway } from './storage/faults.ts';
import { openDatabase } from './storage/open.ts';
import { createStorage } from './storage/storage.ts';
import type { PrimaryLink } from './workers/worker.ts';

// Others that start at the same time want the database first.
const FIRST_MAINTENANCE_MS = 3_000;
const MAINTENANCE_RETRY_MS = 60_000;

const UNTRUSTED_PROXY =
  'requests come through a proxy that trusted_proxies does not have: its readers are one to this instance, and not limited';

const REPLICA_AWAY = 'the read replica is away: figures are read from the primary until it is back';
const REPLICA_BACK = 'the read replica is back';

export interface ServiceOptions {
  readonly config: Config;
  readonly log: Log;
  /** Serves GraphiQL at `/graphql`. */
  readonly development?: boolean;
  /** What connects this process to others of its machine, where it is one of several workers. */
  readonly link?: PrimaryLink | undefined;
}

/** The running program. */
export interface Service {
  /** Where browsers reach it. */
  readonly baseUrl: string;
  readonly domain: Domain;
  /** The token that administers the instance, where none did before; it is shown once, and kept by nobody. */
  readonly firstToken: string | null;
  /**
   * Takes no more requests, ends subscriptions, finishes what was accepted, writes it, and closes the database.
   */
  stop(): Promise<void>;
}

/**
 * Puts the program together and starts it: database, migrations, sites of the configuration, HTTP.
 * @throws OpenError or MigrationError where the database cannot be used; CountryDatabaseError where that of countries
 * cannot; an `EADDRINUSE` error where the port is taken
 */
export async function startService(options: ServiceOptions): Promise<Service> {
  const { config, log, development = false, link } = options;
  const { host } = config.socketAddress;
  const port = config.socketAddress.port || (await freePort(host));
  const local = localOrigin({ host, port });
  const baseUrl = config.baseUrl ?? local;

  // Read while the database opens. Awaited below; if that is never reached, nobody is to hear of it.
  const countries = openCountries({ source: config.countryDatabase, log });
  countries.catch(() => {});
  const { database, migrated } = await openDatabase(config.database, (away) =>
    away === null ? log.info({}, REPLICA_BACK) : log.warn({ err: away }, REPLICA_AWAY),
  );
  if (migrated.length > 0) log.info({ migrations: migrated }, 'migrated the database');
  const replicas = createReplicas(config.redis, log, link);
  const { events, budgets } = replicas;
  // Of several workers one does what is done once at a start.
  const isFirst = link?.isFirst ?? true;
  const storage = createStorage(database, events.publish);
  try {
    const clock = Date.now;
    const demo = demoSite({ baseUrl, local, config });
    const declare = async () => {
      const sites = config.sites.length > 0 || (await hasOwnSite(storage)) ? config.sites : [demo];
      await storage.declareSites(sites, clock());
    };
    if (isFirst) await patiently(declare);
    const country = await countries;
    const domain = await patiently(() =>
      createDomain({
        storage,
        events,
        probe: createOriginProbe(),
        country,
        budgets,
        clock,
        randomBytes: createRandomBytes(),
        secrets: config.secrets,
        adminToken: config.adminToken,
        siteDefaults: config,
        visitorDays: config.visitorDays,
        limits: config.limits,
      }),
    );
    await replicas.join(domain.instance);
    // They may be others than those of the last start.
    if (isFirst) events.announce({ of: 'sites' });
    const makesToken = isFirst && config.adminToken === null;
    const firstToken = makesToken ? await patiently(() => domain.tokens.createFirst()) : null;
    const callerOf = createCallerOf(
      config,
      once((address) => log.warn({ proxy: address }, UNTRUSTED_PROXY)),
    );
    const entities = unavailableWhenAway(database.client);
    const refusals = createRefusals({ log, ping: domain.ready });
    const app = await createHttpServer({ domain, log, refusals, baseUrl, callerOf });
    await addGraphQL(app, { domain, entities, log, refusals, callerOf, baseUrl, development });
    await app.listen({ host, port });
    log.info({ url: local, database: database.provider, workers: config.workers }, 'listening');
    const maintenance = maintain(domain, log);

    return {
      baseUrl,
      domain,
      firstToken,
      async stop() {
        await maintenance.stop();
        await app.close();
        refusals.close();
        domain.live.close();
        domain.realTime.close();
        await storage.close();
        await replicas.leave();
        log.info({}, 'stopped');
      },
    };
  } catch (error) {
    await storage.close();
    await replicas.leave();
    throw error;
  }
}

/** Whether there is a site that the configuration does not declare: then nobody needs the demo. */
async function hasOwnSite({ administration }: Storage): Promise<boolean> {
  return (await administration.sites()).some(({ declared, archivedAt }) => !declared && archivedAt === null);
}

/** The first of many times that something happens. */
function once<T>(happened: (first: T) => void): (one: T) => void {
  let done = false;
  return (one) => {
    if (!done) happened(one);
    done = true;
  };
}

/** Does soon, and every hour from then on, what has to be done now and then; sooner again where it failed. */
function maintain({ maintenance }: Domain, log: Log): { stop(): Promise<void> } {
  let running = Promise.resolve();
  let timer = setTimeout(run, FIRST_MAINTENANCE_MS);
  let stopped = false;

  function run(): void {
    timer = setTimeout(run, MAINTENANCE_INTERVAL_MS);
    running = maintenance.run().catch((err) => {
      log.warn({ err }, 'maintenance failed; it is tried again in a minute');
      clearTimeout(timer);
      if (!stopped) timer = setTimeout(run, MAINTENANCE_RETRY_MS);
    });
  }
  return {
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}
