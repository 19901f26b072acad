import { createInProcessBudgets } from '../budgets/in-process.ts';
import { createInProcessBus, type LocalBus } from '../events/in-process.ts';
import { type Access, createAccess, type SiteQuestion } from './access.ts';
import type { Caller } from './caller.ts';
import { createDomain, type Domain } from './domain.ts';
import type { ExportStorage } from './export/export-storage.ts';
import { unlimited } from './limits.testing.ts';
import type { LimitSettings } from './limits.ts';
import { createMemoryStorage, type MemoryStorage } from './memory-storage.testing.ts';
import type { Clock, OriginProbe, ProbeOutcome, RandomBytes } from './ports.ts';
import type { Site, SiteDeclaration } from './site.ts';
import { createTokenCheck } from './token-check.ts';

/** When every test begins. */
export const START = Date.UTC(2024, 2, 1, 12);

const plain = {
  respectDnt: false,
  retentionDays: null,
  visibility: 'public',
  publicPages: [],
  publicFigures: [],
} as const;

export const blog: SiteDeclaration = {
  ...plain,
  slug: 'blog',
  name: 'Blog',
  baseUrls: ['https://blog.example', 'https://notes.example'],
  callbackOrigin: 'http://127.0.0.1:4000',
  timeZone: 'Europe/Berlin',
  minDelaySecs: 19,
  pathPatterns: ['/user/:id'],
};
export const docs: SiteDeclaration = {
  ...blog,
  slug: 'docs',
  name: 'Docs',
  baseUrls: ['https://docs.example'],
  callbackOrigin: 'http://127.0.0.1:5000',
  pathPatterns: [],
};

const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:132.0) Gecko/20100101 Firefox/132.0';

/** A reader's browser on a page of that origin. */
export function from(origin: string | null, changes: Partial<Caller> = {}): Caller {
  return {
    origin,
    address: '203.0.113.7',
    userAgent: FIREFOX,
    languages: 'en-GB,en;q=0.8',
    country: null,
    globalPrivacyControl: false,
    token: null,
    claimed: null,
    addressShared: false,
    doNotTrack: false,
    hints: { purpose: null, fetchSite: 'cross-site', brands: null, mobile: null, platform: null },
    ...changes,
  };
}

/** A script or a same-origin request. */
export const nobody: Caller = from(null);

/** What somebody without a token asks about a site. */
export function about(site?: string | null): SiteQuestion {
  return { site, reader: nobody };
}

async function* none(): AsyncGenerator<never> {}

/** Exports are tested on databases: what is in the memory is in none. */
const NOTHING: ExportStorage = {
  prunedThrough: async () => null,
  pages: none,
  visits: none,
  rollups: none,
  figuresWithoutVisits: none,
  filteredHits: none,
  voteDays: none,
};

/** A site as it is stored. */
export function stored(declaration: SiteDeclaration, id = 1): Site {
  return { ...declaration, id };
}

/** What the token of the configuration and those of the storage are good for. */
export function accessTo(
  storage: Pick<MemoryStorage, 'tokens'>,
  clock: Clock,
  adminToken: string | null = null,
): Access {
  return createAccess({ adminToken, tokens: createTokenCheck({ storage, clock }) });
}

/** Time that passes when a test says so. */
export interface FakeClock {
  readonly now: Clock;
  pass(milliseconds: number): void;
}

export function createClock(start = START): FakeClock {
  let time = start;
  return {
    now: () => time,
    pass(milliseconds) {
      time += milliseconds;
    },
  };
}

/** Bytes that look random and are the same in every run (xorshift32). */
export function seededBytes(seed = 1): RandomBytes {
  let state = seed;
  return (size) =>
    Uint8Array.from({ length: size }, () => {
      state ^= state << 13;
      state ^= state >>> 17;
      state ^= state << 5;
      return state & 0xff;
    });
}

/** A bus that tells how many listen. */
export interface TestBus extends LocalBus {
  listening(): number;
}

export function createBus(): TestBus {
  const bus = createInProcessBus((error) => {
    throw error;
  });
  let listening = 0;
  return {
    ...bus,
    subscribe(...listeners) {
      const end = bus.subscribe(...listeners);
      listening += 1;
      return () => {
        listening -= 1;
        end();
      };
    },
    listening: () => listening,
  };
}

/** A site that has every page but those it is told not to have. */
export interface ScriptedProbe {
  readonly probe: OriginProbe;
  /** What it was asked, as URLs. */
  readonly asked: string[];
  answer(url: string, outcome: ProbeOutcome): void;
}

export function createScriptedProbe(): ScriptedProbe {
  const answers = new Map<string, ProbeOutcome>();
  const asked: string[] = [];
  return {
    asked,
    answer: (url, outcome) => void answers.set(url, outcome),
    async probe(origin, path) {
      asked.push(origin + path);
      return answers.get(origin + path) ?? 'exists';
    },
  };
}

/** The whole domain, on what a test can look into. */
export interface TestWorld extends ScriptedProbe {
  readonly domain: Domain;
  readonly storage: MemoryStorage;
  readonly events: TestBus;
  readonly clock: FakeClock;
  /** The domain of another process, or of this one after a restart, on the same storage. */
  restarted(secrets?: readonly string[]): Promise<Domain>;
  /** Registers a path and waits for its delay: what is left is to post it. */
  read(path: string, caller?: Caller): Promise<string>;
  /** Counts a visit of a path. */
  visit(path: string): Promise<void>;
}

export interface WorldOptions {
  readonly sites?: readonly SiteDeclaration[];
  readonly secrets?: readonly string[];
  readonly adminToken?: string | null;
  /** What differs from no limits. */
  readonly limits?: Partial<LimitSettings>;
}

export async function createWorld({
  sites = [blog],
  secrets = [],
  adminToken = null,
  limits = {},
}: WorldOptions = {}): Promise<TestWorld> {
  const clock = createClock();
  const events = createBus();
  const storage = createMemoryStorage(events.publish);
  const scripted = createScriptedProbe();
  const randomBytes = seededBytes();
  const start = (configured: readonly string[]) =>
    createDomain({
      storage,
      exported: NOTHING,
      events,
      probe: scripted.probe,
      country: () => null,
      clock: clock.now,
      randomBytes,
      secrets: configured,
      adminToken,
      siteDefaults: blog,
      visitorDays: 7,
      budgets: createInProcessBudgets(),
      limits: { ...unlimited, ...limits },
      sendWebhook: async () => ({ kind: 'answered', status: 204, retryAfterMs: null }),
      allowPrivateWebhooks: true,
    });
  await storage.declareSites(sites, clock.now());
  const domain = await start(secrets);

  async function read(path: string, caller: Caller = from(sites[0]?.baseUrls[0] ?? null)) {
    const { visitId, minDelaySecs } = await domain.visits.register({ path }, caller);
    clock.pass(minDelaySecs * 1000);
    return visitId;
  }

  return {
    ...scripted,
    domain,
    storage,
    events,
    clock,
    restarted: (configured = secrets) => start(configured),
    read,
    async visit(path) {
      await domain.visits.postSleep({ visitId: await read(path) }, nobody);
    },
  };
}

/** A promise that a test settles. */
export interface Deferred<T> {
  readonly promise: Promise<T>;
  readonly resolve: (value: T) => void;
  readonly reject: (error: unknown) => void;
}

export function deferred<T>(): Deferred<T> {
  let settle: Pick<Deferred<T>, 'resolve' | 'reject'> | undefined;
  const promise = new Promise<T>((resolve, reject) => {
    settle = { resolve, reject };
  });
  if (!settle) throw new Error('A promise runs its executor at once.');
  return { promise, ...settle };
}

/** Lets everything run that waits for nothing but its turn. */
export function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
