import { onTestFinished } from 'vitest';
import { loadConfig } from '../../server/config/config.ts';
import { unlimited } from '../../server/domain/limits.testing.ts';
import type { LimitSettings } from '../../server/domain/limits.ts';
import type { SiteDeclaration } from '../../server/domain/site.ts';
import { type Service, startService } from '../../server/main.ts';
import { type DatabaseKind, sqlite } from './databases.ts';
import { createQuietLog, type QuietLog } from './log.ts';
import { startTrackedSite, type TrackedSite } from './tracked-site.ts';

/** Paths that every tracked site of a test has. */
const PATHS = ['/', '/a', '/b', '/posts/hello', '/caf%C3%A9'];

export interface TestServiceOptions {
  /** Default: SQLite. */
  readonly database?: DatabaseKind;
  /** An existing database instead of a new one; it is left as it is in the end. */
  readonly databaseUrl?: string;
  /** A replica that figures are read from. Default: none. */
  readonly databaseReadUrl?: string;
  /** What it shares with other replicas. Default: nothing. */
  readonly redisUrl?: string;
  /** What differs from a plain site, by slug. Default: one site, `blog`. */
  readonly sites?: Readonly<Record<string, Partial<SiteDeclaration>>>;
  /** What the tracked sites have. Default: a few pages. */
  readonly paths?: readonly string[];
  /** Default: none. */
  readonly adminToken?: string;
  /** What differs from no limits: all requests of a test come from one address. */
  readonly limits?: Partial<LimitSettings>;
  readonly development?: boolean;
  /** Settings that nothing here stands for, as variables. */
  readonly env?: Readonly<Record<string, string>>;
}

/** A running service with the sites that it counts. */
export interface TestService {
  readonly url: string;
  readonly service: Service;
  readonly databaseUrl: string;
  readonly log: QuietLog;
  /** The first site. */
  readonly site: TrackedSite;
  readonly sites: Readonly<Record<string, TrackedSite>>;
  /** fetch, below the service's URL. */
  request(path: string, init?: RequestInit): Promise<Response>;
  /** Registers a page view and gives its visit id. */
  register(path: string, site?: string): Promise<string>;
  /** Registers and counts. */
  visit(path: string, options?: VisitOptions): Promise<string>;
  /** May be called before the test ends. */
  stop(): Promise<void>;
}

export interface VisitOptions {
  readonly site?: string;
  readonly referrer?: string;
}

/**
 * Starts the real program in this process, on a free port and a database of its own; it is stopped and removed when
 * the test is over. Visits count without delay unless a site says otherwise.
 */
export async function startTestService(options: TestServiceOptions = {}): Promise<TestService> {
  const own = options.databaseUrl === undefined ? await (options.database ?? sqlite).create() : null;
  const databaseUrl = options.databaseUrl ?? own?.url ?? '';
  const slugs = Object.entries(options.sites ?? { blog: {} });
  const tracked: Record<string, TrackedSite> = {};
  for (const [slug] of slugs) tracked[slug] = await startTrackedSite(options.paths ?? PATHS);

  const log = createQuietLog();
  const config = loadConfig({
    OXICOUNT_SOCKET_ADDRESS: '127.0.0.1:0',
    OXICOUNT_DATABASE_URL: databaseUrl,
    OXICOUNT_DATABASE_READ_URL: options.databaseReadUrl,
    OXICOUNT_REDIS_URL: options.redisUrl,
    // Receivers of tests are on this machine.
    OXICOUNT_PRIVATE_WEBHOOKS: 'true',
    ...options.env,
  });
  const sites = slugs.map(([slug, changes]) => declaration(slug, siteOf(tracked, slug).url, changes));
  const service = await onFreePort(() =>
    startService({
      config: {
        ...config,
        sites,
        adminToken: options.adminToken ?? null,
        limits: { ...unlimited, ...options.limits },
      },
      log,
      development: options.development ?? false,
    }),
  );

  let stopped: Promise<void> | undefined;
  const stop = () => {
    stopped ??= service.stop();
    return stopped;
  };
  onTestFinished(async () => {
    await stop();
    await Promise.all(Object.values(tracked).map((site) => site.close()));
    await own?.remove();
  });

  const request = (path: string, init?: RequestInit) => fetch(service.baseUrl + path, init);
  const register = async (path: string, site?: string) => {
    const query = new URLSearchParams({ path, ...(site === undefined ? {} : { site }) });
    const response = await request(`/register?${query}`);
    if (!response.ok) throw new Error(`register ${path}: ${response.status} ${await response.text()}`);
    return (await response.json()) as string;
  };
  return {
    url: service.baseUrl,
    service,
    databaseUrl,
    log,
    site: siteOf(tracked, slugs[0]?.[0] ?? ''),
    sites: tracked,
    request,
    register,
    async visit(path, { site, referrer = '' } = {}) {
      const id = await register(path, site);
      const response = await request(
        `/post-sleep/${id}?${new URLSearchParams({ referrer_origin: referrer })}`,
      );
      if (!response.ok) throw new Error(`post-sleep ${path}: ${response.status} ${await response.text()}`);
      return id;
    },
    stop,
  };
}

/** Starts again where another program took the free port between its choice and its use. */
async function onFreePort(start: () => Promise<Service>): Promise<Service> {
  for (let attempts = 1; ; attempts += 1) {
    try {
      return await start();
    } catch (error) {
      if ((error as { code?: unknown }).code !== 'EADDRINUSE' || attempts === 5) throw error;
    }
  }
}

function declaration(slug: string, origin: string, changes: Partial<SiteDeclaration>): SiteDeclaration {
  return {
    slug,
    name: slug,
    baseUrls: [origin],
    callbackOrigin: origin,
    timeZone: 'UTC',
    minDelaySecs: 0,
    pathPatterns: [],
    respectDnt: false,
    retentionDays: null,
    visibility: 'public',
    publicPages: [],
    publicFigures: [],
    ...changes,
  };
}

function siteOf(sites: Record<string, TrackedSite>, slug: string): TrackedSite {
  const site = sites[slug];
  if (!site) throw new Error(`no site ${slug}`);
  return site;
}
