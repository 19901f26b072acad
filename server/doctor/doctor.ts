import { stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { localOrigin } from '../config/address.ts';
import type { Examined, Origins } from '../config/config.ts';
import { derivationOf } from '../domain/keyring.ts';
import { createOperatorProof } from '../domain/operator-proof.ts';
import { migrationsOf } from '../storage/migrate.ts';
import { baseUrlCheck } from './base-url.ts';
import { clockCheck, clockOfDatabase, clockOfSite, type Witness } from './clock.ts';
import { dependent } from './dependent.ts';
import { descriptorsCheck } from './descriptors.ts';
import { diskCheck } from './disk.ts';
import type { Check } from './finding.ts';
import { integrityCheck } from './integrity.ts';
import { type KnownSite, knownSites } from './known-sites.ts';
import { eventsCheck, webSocketCheck } from './live-updates.ts';
import { memoryCheck } from './memory.ts';
import { migrationsCheck } from './migrations.ts';
import { nodeCheck } from './node-version.ts';
import { outsideCheck } from './outside.ts';
import { connectionsCheck, postgresqlCheck } from './postgresql.ts';
import { readPostgresql } from './postgresql-reader.ts';
import { proxiesCheck } from './proxies.ts';
import { readReplicaCheck } from './read-replica.ts';
import { readableCheck } from './readable.ts';
import { redisCheck } from './redis.ts';
import { sentinelsCheck } from './sentinels.ts';
import { findListener, isHealth, serviceCheck } from './service.ts';
import { settingsCheck } from './settings.ts';
import { siteCheck, snippetCheck, unknownPathCheck } from './site.ts';
import type { Reading } from './sql.ts';
import { sqliteFileCheck } from './sqlite-file.ts';
import { readSqlite } from './sqlite-reader.ts';
import { timeZonesCheck } from './time-zones.ts';
import { upkeepCheck } from './upkeep.ts';
import { askWeb, type WebAnswer } from './web.ts';

/** How long a file is read to see whether it is whole. */
const INTEGRITY_MS = 10_000;
const WEB_MS = 6_000;

export interface DoctorOptions {
  readonly examined: Examined;
  readonly origins: Origins;
  /** What versions of Node the program is made for, as `engines` of package.json has it. */
  readonly engines: string;
}

/** Everything to look at, and what ends what was opened for it. */
export interface Doctor {
  readonly checks: readonly Check[];
  close(): void;
}

/** Puts the checks together, for what the configuration says that there is. */
export async function createDoctor({ examined, origins, engines }: DoctorOptions): Promise<Doctor> {
  const { config, mistakes } = examined;
  const { database: location, redis, socketAddress } = config;
  const opened: Reading[] = [];
  const open = (reading: Reading) => {
    opened.push(reading);
    return reading;
  };
  // What is not there yet is not made.
  const isThere =
    location?.provider !== 'sqlite' ||
    (await inTime(() => stat(location.file).then(Boolean, () => false), true));
  const read = () => {
    if (location === null || !isThere) return null;
    return open(location.provider === 'sqlite' ? readSqlite(location.file) : readPostgresql(location.url));
  };
  const database = read();
  const local = localOrigin(socketAddress);
  const baseUrl = config.baseUrl ?? local;

  const sites = once(() => knownSites(config.sites, database));
  const listener = once(() => findListener(socketAddress, local, askWeb));
  const running = async () => (await listener()).kind === 'oxicount';
  const answers = once(async () => {
    const answer = await askWeb(`${baseUrl}/healthz`, { signal: AbortSignal.timeout(WEB_MS) }).catch(
      () => null,
    );
    return answer !== null && isHealth(answer.body);
  });
  const derivation = once(async () => {
    const ask = async () => {
      const rows = await database?.ask('SELECT id, value, created_at FROM oxi_secrets ORDER BY id DESC');
      return (rows ?? []).map((row) => Uint8Array.from(row['value'] as Uint8Array));
    };
    const hasSecrets = config.secrets.length > 0 || (await ask().catch(() => [])).length > 0;
    return hasSecrets ? derivationOf({ storage: { secrets: ask }, configured: config.secrets }) : null;
  });
  const frontPages = new Map<string, Promise<WebAnswer>>();
  const frontPage = (origin: string) => {
    const asked = frontPages.get(origin) ?? askWeb(`${origin}/`, { signal: AbortSignal.timeout(WEB_MS) });
    frontPages.set(origin, asked);
    return asked;
  };

  async function witnesses(): Promise<readonly Witness[]> {
    const known = await sites();
    const found = await Promise.all([
      location?.provider === 'postgresql' && database
        ? clockOfDatabase(database, Date.now).catch(() => null)
        : null,
      ...known.map(({ callbackOrigin }) =>
        frontPage(callbackOrigin).then(
          (answer) => clockOfSite(new URL(callbackOrigin).host, answer),
          () => null,
        ),
      ),
    ]);
    return found.filter((one) => one !== null);
  }

  const readable = once(async () => {
    const question = location?.provider === 'sqlite' ? 'SELECT count(*) FROM sqlite_master' : 'SELECT 1';
    return (await database?.ask(question).then(Boolean, () => false)) ?? false;
  });
  const onDatabase = (check: Check) =>
    dependent(check, readable, 'not told, since the database cannot be read');
  const databaseChecks = (): readonly Check[] => {
    if (location?.provider === 'sqlite' && !isThere) return [sqliteFileCheck(location.file)];
    if (location === null || database === null) return [];
    const tables = [
      onDatabase(migrationsCheck(database, migrationsOf(location.provider))),
      onDatabase(upkeepCheck(database, { clock: Date.now, visitorDays: config.visitorDays, running })),
    ];
    if (location.provider === 'sqlite') {
      return [
        sqliteFileCheck(location.file),
        readableCheck('Database', location.file, 'the secrets of the instance'),
        integrityCheck(open(readSqlite(location.file)), INTEGRITY_MS),
        ...tables,
      ];
    }
    return [
      postgresqlCheck(database),
      onDatabase(connectionsCheck(database, { workers: config.workers, pooled: database.isPooled })),
      ...tables,
      ...(location.readUrl === undefined ? [] : [readReplicaCheck(open(readPostgresql(location.readUrl)))]),
    ];
  };
  const siteChecks = (all: readonly KnownSite[]): readonly Check[] =>
    all.flatMap((site) =>
      [...new Set([...site.baseUrls, site.callbackOrigin])]
        .map((origin) => siteCheck(site, origin, frontPage))
        .concat(
          unknownPathCheck(site, askWeb),
          site.baseUrls.slice(0, 1).map((origin) =>
            snippetCheck(site, origin, {
              baseUrl,
              slugs: all.map(({ slug }) => slug),
              frontPage: () => frontPage(origin),
            }),
          ),
        ),
    );

  const checks: readonly Check[] = [
    settingsCheck({ ...origins, mistakes }),
    baseUrlCheck(config.baseUrl, local, sites),
    ...(origins.file === null || origins.file.secrets.length === 0
      ? []
      : [readableCheck('Configuration', origins.file.path, origins.file.secrets.join(', '))]),
    nodeCheck(process.versions.node, engines),
    memoryCheck(config.workers),
    descriptorsCheck(),
    timeZonesCheck(async () => [config.timeZone, ...(await sites()).map(({ timeZone }) => timeZone)]),
    clockCheck(witnesses),
    ...(location?.provider === 'sqlite' ? [diskCheck('the database', dirname(location.file))] : []),
    ...(config.log.directory === null ? [] : [diskCheck('logs', config.log.directory)]),
    ...databaseChecks(),
    ...(redis === null
      ? []
      : [redisCheck(redis, { instance: async () => (await derivation())?.instance ?? null, running })]),
    ...(redis !== null && 'sentinels' in redis.servers ? [sentinelsCheck(redis, redis.servers)] : []),
    ...(socketAddress.port === 0 ? [] : [serviceCheck(socketAddress, listener)]),
    ...(config.baseUrl === null
      ? []
      : [
          outsideCheck(baseUrl, askWeb),
          proxiesCheck({
            baseUrl,
            web: askWeb,
            async proof() {
              const own = await derivation();
              if (own === null) return null;
              const proof = createOperatorProof(own.derive('operator'), Date.now).make();
              return { proof, instance: own.instance };
            },
          }),
          webSocketCheck(baseUrl, answers),
          eventsCheck(baseUrl, {
            answers,
            site: async () => (await sites()).find(({ isPublic }) => isPublic)?.slug ?? null,
          }),
        ]),
    ...siteChecks(
      await inTime(
        sites,
        config.sites.map((site) => ({ ...site, isPublic: site.visibility === 'public' })),
      ),
    ),
  ];
  return {
    checks,
    close() {
      for (const reading of opened) reading.close();
    },
  };
}

/** Does something when it is asked for first, and gives all the same answer. */
function once<T>(work: () => Promise<T>): () => Promise<T> {
  let done: Promise<T> | undefined;
  return () => {
    done ??= work();
    return done;
  };
}

/** What a database that says nothing must not keep from being looked at. */
async function inTime<T>(work: () => Promise<T>, otherwise: T): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<T>((resolve) => {
    timer = setTimeout(() => resolve(otherwise), WEB_MS);
  });
  try {
    return await Promise.race([over, work()]);
  } finally {
    clearTimeout(timer);
  }
}
