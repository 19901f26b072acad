import { createRequire } from 'node:module';
import { localOrigin } from './config/address.ts';
import type { Config } from './config/config.ts';
import { demoSite } from './demo-site.ts';
import { ALERTS_INTERVAL_MS } from './domain/alerts/alerts.ts';
import { createDomain, type Domain } from './domain/domain.ts';
import { MAINTENANCE_INTERVAL_MS } from './domain/maintenance.ts';
import type { Storage } from './domain/ports.ts';
import { freePort } from './free-port.ts';
import { openCountries } from './geo/countries.ts';
import { graphqlErrorCodes } from './graphql/errors.ts';
import { addGraphQL } from './graphql/server.ts';
import { createCallerOf } from './http/caller.ts';
import { createFromTrustedProxy } from './http/from-trusted-proxy.ts';
import { createMetricsServer } from './http/metrics-server.ts';
import { createRequestIds } from './http/request-id.ts';
import { createHttpServer } from './http/server.ts';
import type { Log } from './log.ts';
import { expose, type Report } from './metrics/exposition.ts';
import { createMetrics } from './metrics/metrics.ts';
import { createOriginProbe } from './origin/probe.ts';
import { createRandomBytes } from './random-bytes.ts';
import { createRefusals } from './refusals.ts';
import { createReplicas } from './replicas.ts';
import { patiently } from './starting.ts';
import { createExportStorage } from './storage/exports.ts';
import { unavailableWhenAway } from './storage/faults.ts';
import { openDatabase } from './storage/open.ts';
import { createStorage } from './storage/storage.ts';
import { tracedDatabase, tracedDomain, tracedOperations, tracedProbe } from './tracing/traced.ts';
import { startTracing } from './tracing/tracing.ts';
import { createWebhookSender } from './webhooks/sender.ts';
import type { PrimaryLink } from './workers/worker.ts';

const { version }: { version: string } = createRequire(import.meta.url)('#package');

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
  const metrics = createMetrics(Object.keys(graphqlErrorCodes));
  const fromTrustedProxy = createFromTrustedProxy(config.trustedProxies);
  const tracing =
    config.tracing &&
    (await startTracing({ settings: config.tracing, version, trusts: fromTrustedProxy, log }));
  const replicas = createReplicas(config.redis, log, { link, observer: metrics.bus });
  const { events, budgets } = replicas;
  // Of several workers one does what is done once at a start.
  const isFirst = link?.isFirst ?? true;
  const storage = metrics.tracking.storage(
    createStorage(
      tracing ? tracedDatabase(database, tracing) : database,
      metrics.tracking.committed(events.publish),
      metrics.writer,
    ),
  );
  const measuredProbe = metrics.probe(createOriginProbe());
  try {
    const clock = Date.now;
    const demo = demoSite({ baseUrl, local, config });
    const declare = async () => {
      const sites = config.sites.length > 0 || (await hasOwnSite(storage)) ? config.sites : [demo];
      await storage.declareSites(sites, clock());
    };
    if (isFirst) await patiently(declare);
    const country = await countries;
    const rules = await patiently(() =>
      createDomain({
        storage,
        exported: createExportStorage(database),
        events,
        probe: tracing ? tracedProbe(measuredProbe, tracing) : measuredProbe,
        country,
        budgets: metrics.budgets(budgets),
        clock,
        randomBytes: createRandomBytes(),
        secrets: config.secrets,
        adminToken: config.adminToken,
        siteDefaults: config,
        visitorDays: config.visitorDays,
        limits: config.limits,
        sendWebhook: createWebhookSender({ allowPrivate: config.allowPrivateWebhooks }),
        allowPrivateWebhooks: config.allowPrivateWebhooks,
      }),
    );
    const measured = metrics.domain(rules, { build: { version, database: database.provider }, database });
    const domain = tracing ? tracedDomain(measured, tracing) : measured;
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
    const requestIdOf = createRequestIds(fromTrustedProxy);
    const { token, address } = config.metrics;
    link?.onMeasure(metrics.report);
    const access = {
      token,
      open: address !== null,
      async scrape(accept: string) {
        const reports = link ? await link.scrape() : [await metrics.report()];
        return expose(reports as readonly Report[], accept);
      },
    };
    const app = await createHttpServer({
      domain,
      log,
      refusals,
      baseUrl,
      callerOf,
      trustedProxies: config.trustedProxies,
      requestIdOf,
      ...(address === null ? { metrics: access } : {}),
      watch(server) {
        tracing?.requests(server);
        metrics.requests(server);
      },
    });
    const observer = tracing ? tracedOperations(metrics.operations, tracing) : metrics.operations;
    await addGraphQL(app, {
      domain,
      entities,
      log,
      refusals,
      callerOf,
      requestIdOf,
      observer,
      baseUrl,
      development,
    });
    const metricsApp =
      address && createMetricsServer({ domain, log, refusals, callerOf, requestIdOf }, access);
    if (metricsApp && address) {
      const url = await metricsApp.listen({ ...address });
      log.info({ url: `${url}/metrics` }, 'metrics are at an address of their own');
    }
    await app.listen({ host, port });
    log.info({ url: local, database: database.provider, workers: config.workers }, 'listening');
    const maintenance = maintain(domain, log);
    const alerts = alert(domain, log);

    return {
      baseUrl,
      domain,
      firstToken,
      async stop() {
        await Promise.all([maintenance.stop(), alerts.stop()]);
        await app.close();
        await metricsApp?.close();
        refusals.close();
        domain.live.close();
        domain.realTime.close();
        await storage.close();
        await replicas.leave();
        await tracing?.stop();
        log.info({}, 'stopped');
      },
    };
  } catch (error) {
    await storage.close();
    await replicas.leave();
    await tracing?.stop();
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

/** Looks for what webhooks are to be told, and tells it, all the time. */
function alert({ alerts }: Domain, log: Log): { stop(): Promise<void> } {
  let running = Promise.resolve();
  let timer = setTimeout(run, FIRST_MAINTENANCE_MS);
  let stopped = false;

  function run(): void {
    running = alerts
      .run()
      .catch((err) => log.warn({ err }, 'alerts failed; they are tried again'))
      .finally(() => {
        if (!stopped) timer = setTimeout(run, ALERTS_INTERVAL_MS);
      });
  }
  return {
    async stop() {
      stopped = true;
      clearTimeout(timer);
      alerts.stop();
      await running;
    },
  };
}
