import { setTimeout as pass } from 'node:timers/promises';
import fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import { type DatabaseKind, eachDatabase } from '../support/databases.ts';
import { ask, codesOf, type Result } from '../support/graphql.ts';
import { startTestService, type TestService } from '../support/service.ts';
import {
  BROWSERS,
  type ModelVisit,
  PAGES,
  type PagePath,
  SiteModel,
  type StandingVote,
} from '../support/site-model.ts';
import { type Subscription, transports } from '../support/subscriptions.ts';
import { startTrackedSite } from '../support/tracked-site.ts';

const ADMIN_TOKEN = 'may-do-everything-there-is';
const OWNER = { authorization: `Bearer ${ADMIN_TOKEN}` };

/** Three sites that differ in everything but their pages. */
const KINDS = [
  { name: 'alpha', timeZone: 'UTC', minDelaySecs: 0, visibility: 'PUBLIC' },
  { name: 'beta', timeZone: 'Pacific/Kiritimati', minDelaySecs: 0, visibility: 'PRIVATE' },
  {
    name: 'gamma',
    timeZone: 'America/St_Johns',
    minDelaySecs: 1,
    visibility: 'SELECTED',
    publicPages: ['/a'],
  },
] as const;

type Step =
  | { readonly what: 'visit'; readonly page: PagePath; readonly browser: number; readonly wrong: boolean }
  | { readonly what: 'pixel'; readonly page: PagePath; readonly by: 'origin' | 'site' | 'wrong' }
  | { readonly what: 'leave'; readonly of: number; readonly from: 'own' | 'other' }
  | { readonly what: 'replay'; readonly of: number; readonly from: 'own' | 'other' }
  | {
      readonly what: 'vote';
      readonly page: PagePath;
      readonly browser: number;
      readonly vote: StandingVote;
      readonly wrong: boolean;
    }
  | { readonly what: 'read' };

const page = fc.constantFrom(...PAGES);
const browser = fc.nat(BROWSERS.length - 1);
const wrong = fc.oneof(
  { weight: 4, arbitrary: fc.constant(false) },
  { weight: 1, arbitrary: fc.constant(true) },
);
const from = fc.constantFrom('own' as const, 'own' as const, 'other' as const);
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ what: fc.constant('visit' as const), page, browser, wrong }) },
  {
    weight: 2,
    arbitrary: fc.record({
      what: fc.constant('pixel' as const),
      page,
      by: fc.constantFrom('origin' as const, 'site' as const, 'wrong' as const),
    }),
  },
  { weight: 2, arbitrary: fc.record({ what: fc.constant('leave' as const), of: fc.nat(20), from }) },
  { weight: 1, arbitrary: fc.record({ what: fc.constant('replay' as const), of: fc.nat(20), from }) },
  {
    weight: 3,
    arbitrary: fc.record({
      what: fc.constant('vote' as const),
      page,
      browser,
      vote: fc.constantFrom('UP' as const, 'DOWN' as const, null),
      wrong,
    }),
  },
  { weight: 1, arbitrary: fc.constant({ what: 'read' as const }) },
);
const lane = fc.array(step, { minLength: 5, maxLength: 25 });

/** A site on the instance, and what it has to count. */
interface Tracked {
  readonly id: string;
  readonly origin: string;
  readonly kind: (typeof KINDS)[number];
  readonly model: SiteModel;
  /** One with another origin. */
  other: Tracked;
}

class Instance {
  readonly #service: TestService;
  readonly #callbackOrigin: string;
  #made = 0;
  #visits = 0;

  constructor(service: TestService, callbackOrigin: string) {
    this.#service = service;
    this.#callbackOrigin = callbackOrigin;
  }

  get url(): string {
    return this.#service.url;
  }

  async newSites(): Promise<Tracked[]> {
    this.#made += 1;
    const sites: Omit<Tracked, 'other'>[] = [];
    for (const kind of KINDS) {
      const { name, ...settings } = kind;
      const id = `${name}-${this.#made}`;
      const origin = `https://${id}.example`;
      const input = { ...settings, id, baseUrls: [origin], callbackOrigin: this.#callbackOrigin };
      const create = 'mutation ($input: SiteInput!) { createSite(input: $input) { id } }';
      expect((await ask(this.url, create, { input }, OWNER)).errors).toBeUndefined();
      sites.push({ id, origin, kind, model: new SiteModel(kind.timeZone) });
    }
    return sites.map((site, index) =>
      Object.assign(site, { other: sites[(index + 1) % sites.length] as Tracked }),
    );
  }

  async #get(path: string, headers: Record<string, string>): Promise<string> {
    const response = await fetch(this.url + path, { headers });
    const code = response.headers.get('oxicount-error');
    return code ?? (response.ok ? await response.text() : `status ${response.status}`);
  }

  #headers(origin: string, by: number): Record<string, string> {
    const { agent, told } = BROWSERS[by] ?? BROWSERS[0];
    return { origin, 'user-agent': agent, 'accept-language': 'en', ...(told ? {} : { 'sec-gpc': '1' }) };
  }

  async register(site: Tracked, path: PagePath, by: number): Promise<ModelVisit> {
    const answer = await this.#get(`/register?path=${path}&site=${site.id}`, this.#headers(site.origin, by));
    site.model.registered(path);
    this.#visits += 1;
    const referrer = `v${this.#visits}.${site.id}.example`;
    return { id: JSON.parse(answer), page: path, browser: by, referrer, left: false };
  }

  /** @returns the code of a refusal; nothing where it counted */
  async post(visit: ModelVisit, { origin, model }: Tracked): Promise<string> {
    const query = new URLSearchParams({ referrer_origin: `https://${visit.referrer}` });
    const answer = await this.#get(`/post-sleep/${visit.id}?${query}`, this.#headers(origin, visit.browser));
    if (answer === '') model.counted(visit);
    return answer;
  }

  async #vote(
    site: Tracked,
    named: string | undefined,
    { browser: by, page: path, vote }: Step & { what: 'vote' },
  ) {
    const field = vote === null ? 'resetVote' : 'vote';
    const declared = vote === null ? '' : ', $vote: Vote!';
    const argument = vote === null ? '' : ', vote: $vote';
    const query = `mutation ($site: ID, $path: String!${declared}) {
      ${field}(site: $site, path: $path${argument}) { up down }
    }`;
    const variables = { site: named, path, ...(vote === null ? {} : { vote }) };
    const result = await ask(this.url, query, variables, this.#headers(site.origin, by));
    return { code: codesOf(result)[0] ?? null, tally: result.data?.[field] };
  }

  /** What sites say of one that another origin names. */
  #misnamed({ other }: Tracked): string {
    return other.kind.visibility === 'PRIVATE' ? 'SITE_NOT_FOUND' : 'ORIGIN_NOT_ALLOWED';
  }

  async take(site: Tracked, taken: Step): Promise<void> {
    const { model, other, origin } = site;
    switch (taken.what) {
      case 'visit': {
        if (!taken.wrong) {
          const visit = await this.register(site, taken.page, taken.browser);
          expect(await this.post(visit, site)).toBe('');
          return;
        }
        const path = `/register?path=${taken.page}&site=${other.id}`;
        expect(await this.#get(path, this.#headers(origin, taken.browser))).toBe(this.#misnamed(site));
        return;
      }
      case 'pixel': {
        const { by } = taken;
        const named = by === 'origin' ? '' : `&site=${by === 'wrong' ? other.id : site.id}`;
        const { origin: _origin, ...program } = this.#headers(origin, 0);
        const headers = by === 'site' ? program : this.#headers(origin, 0);
        const response = await fetch(`${this.url}/pixel.gif?path=${taken.page}${named}`, { headers });
        const code = response.headers.get('oxicount-error');
        expect(code).toBe(by === 'wrong' ? this.#misnamed(site) : null);
        if (by !== 'wrong') model.viewed(taken.page);
        return;
      }
      case 'leave':
      case 'replay': {
        const visit = model.visits[taken.of % Math.max(1, model.visits.length)];
        if (!visit) return;
        const step = taken.what === 'leave' ? `/page-left/${visit.id}/0` : `/post-sleep/${visit.id}`;
        const own = taken.from === 'own';
        const answer = await this.#get(step, this.#headers(own ? origin : other.origin, visit.browser));
        if (!own) expect(answer).toBe('ORIGIN_NOT_ALLOWED');
        else expect(answer).toBe(taken.what === 'leave' ? '' : 'status 400');
        if (own && taken.what === 'leave') visit.left = true;
        return;
      }
      case 'vote': {
        if (taken.wrong) {
          expect((await this.#vote(site, other.id, taken)).code).toBe(this.#misnamed(site));
          return;
        }
        const code = model.vote(taken.browser, taken.page, taken.vote);
        const { code: refusal, tally } = await this.#vote(site, undefined, taken);
        expect(refusal).toBe(code);
        const readable =
          site.kind.visibility === 'PUBLIC' || (site.kind.visibility === 'SELECTED' && taken.page === '/a');
        if (code === null) expect(tally).toEqual(readable ? model.tally(taken.page) : null);
        return;
      }
      case 'read':
        await this.expectReads(site);
    }
  }

  /** All steps of a site, one after the other; where a visit takes a while, all of them begin first. */
  async walk(site: Tracked, steps: readonly Step[]): Promise<void> {
    const { minDelaySecs } = site.kind;
    if (minDelaySecs === 0) {
      for (const taken of steps) await this.take(site, taken);
      return;
    }
    const begun: ModelVisit[] = [];
    for (const taken of steps) {
      if (taken.what === 'visit' && !taken.wrong)
        begun.push(await this.register(site, taken.page, taken.browser));
    }
    const early: ModelVisit[] = [];
    for (const visit of begun) if ((await this.post(visit, site)) === 'VISIT_TOO_EARLY') early.push(visit);
    await pass(minDelaySecs * 1_000 + 100);
    for (const visit of early) expect(await this.post(visit, site)).toBe('');
    for (const taken of steps) {
      if (taken.what !== 'visit' || taken.wrong) await this.take(site, taken);
    }
  }

  /** Holds every figure of a site to what it would be if the site were alone. */
  async expectReads(site: Tracked): Promise<void> {
    const { model, id } = site;
    const { data, errors } = await ask(
      this.url,
      `query ($site: ID) {
        site(id: $site) { visits views }
        sites { id visits views }
        visits: count(site: $site) views: count(site: $site, of: VIEWS)
        visitsOfA: count(site: $site, path: "/a") viewsOfB: count(site: $site, path: "/b", of: VIEWS)
        counts(site: $site) { path count }
        votesOfA: votes(site: $site, path: "/a") { up down } votesOfB: votes(site: $site, path: "/b") { up down }
        realTime(site: $site) { visitors pages { path visitors } minutes { visits pixelViews } }
        stats(site: $site, range: { preset: ALL_TIME }) {
          totals { visits views pixelViews visitors timedVisits }
          series(interval: DAY) { figures { visits pixelViews } }
          pages: top(dimension: PAGE) { edges { node { value figures { visits } } } }
          browsers: top(dimension: BROWSER) { edges { node { value figures { visits } } } }
          referrers: top(dimension: REFERRER, first: 100) { edges { node { value figures { visits } } } }
          mostEngaging { path changes votes { up down } }
        }
        ofA: stats(site: $site, range: { preset: ALL_TIME }, filter: { page: "/a" }) { totals { visits views } }
      }`,
      { site: id },
      OWNER,
    );
    expect(errors?.map(({ message }) => message)).toBeUndefined();
    const told: Record<string, unknown> = data ?? {};
    const totals = model.totals();
    const all = { visits: totals.visits, views: totals.views };
    expect(told['site']).toEqual(all);
    expect((told['sites'] as { id: string }[]).find((one) => one.id === id)).toEqual({ id, ...all });
    expect([told['visits'], told['views']]).toEqual([all.visits, all.views]);
    expect([told['visitsOfA'], told['viewsOfB']]).toEqual([model.visitsOf('/a'), model.viewsOf('/b')]);
    expect(told['counts']).toEqual(model.counts());
    await this.#expectHistory(site);
    expect([told['votesOfA'], told['votesOfB']]).toEqual(PAGES.map((path) => model.tally(path)));
    const live = told['realTime'] as RealTime;
    expect(live.visitors).toBe(model.present());
    expect(sum(live.pages.map(({ visitors }) => visitors))).toBe(model.present());
    expect(sum(live.minutes.map(({ visits }) => visits))).toBe(totals.visits);
    expect(sum(live.minutes.map(({ pixelViews }) => pixelViews))).toBe(totals.pixelViews);
    const stats = told['stats'] as Stats;
    expect(stats.totals).toEqual(totals);
    expect(sum(stats.series.map(({ figures }) => figures.visits))).toBe(totals.visits);
    expect(sum(stats.series.map(({ figures }) => figures.pixelViews))).toBe(totals.pixelViews);
    const visited = Object.fromEntries(model.counts().map(({ path, count }) => [path, count]));
    // Pages that were seen by the pixel alone are in the list too.
    expect(withVisits(stats.pages)).toEqual(visited);
    expect(withVisits(stats.referrers)).toEqual(
      Object.fromEntries(model.visits.map(({ referrer }) => [referrer, 1])),
    );
    expect(withVisits(stats.browsers)).toEqual(model.browsers());
    expect(stats.mostEngaging).toEqual(model.engaging());
    expect(told['ofA']).toEqual({ totals: { visits: model.visitsOf('/a'), views: model.viewsOf('/a') } });
    await this.#expectRoutes(site);
    await this.#expectOfNobody(site);
  }

  async #expectHistory({ id, model }: Tracked): Promise<void> {
    const query = `query ($site: ID, $path: String!) {
      history(site: $site, path: $path, first: 1000) { totalCount edges { node { path referrer spentSeconds } } }
    }`;
    for (const path of PAGES) {
      const result = await ask(this.url, query, { site: id, path }, OWNER);
      const history = result.data?.['history'] as History | undefined;
      const expected = model.visits.filter((visit) => visit.page === path);
      expect(codesOf(result)).toEqual(model.has(path) ? [] : ['PAGE_NOT_FOUND']);
      expect(history?.totalCount ?? 0).toBe(expected.length);
      expect(sorted((history?.edges ?? []).map(({ node }) => node))).toEqual(
        sorted(expected.map(({ referrer, left }) => ({ path, referrer, spentSeconds: left ? 0 : null }))),
      );
    }
  }

  /** The plain routes, which are asked again for what was answered already. */
  async #expectRoutes({ id, model }: Tracked): Promise<void> {
    const json = async (path: string) => JSON.parse(await this.#get(path, OWNER));
    expect(await json(`/api/count?site=${id}&path=/a`)).toBe(model.visitsOf('/a'));
    expect(await json(`/api/counts?site=${id}`)).toEqual(model.counts());
    const { visits } = model.has('/b')
      ? ((await json(`/api/history?site=${id}&path=/b`)) as { visits: { referrer: string }[] })
      : { visits: [] };
    expect(visits.map(({ referrer }) => referrer).sort()).toEqual(
      model.visits
        .filter(({ page: path }) => path === '/b')
        .map(({ referrer }) => referrer)
        .sort(),
    );
    for (const of of ['visits', 'views'] as const) {
      const path = `${this.url}/badge.json?site=${id}&of=${of}`;
      const badge = await fetch(path, { headers: OWNER });
      expect(await badge.json()).toMatchObject({ message: String(model.totals()[of]) });
      const etag = badge.headers.get('etag') ?? '';
      const again = await fetch(path, { headers: { ...OWNER, 'if-none-match': etag } });
      expect(again.status).toBe(304);
    }
  }

  /** What anybody is told right after the owner was. */
  async #expectOfNobody({ id, kind: { visibility }, model }: Tracked): Promise<void> {
    const count = (path: string | null): Promise<Result> =>
      ask(this.url, 'query ($id: ID, $path: String) { count(site: $id, path: $path) }', { id, path });
    const told = (result: Result) => codesOf(result)[0] ?? result.data?.['count'];
    const expected = {
      PUBLIC: [model.visitsOf('/a'), model.visitsOf('/b'), model.visitsOf(null)],
      PRIVATE: ['SITE_NOT_FOUND', 'SITE_NOT_FOUND', 'SITE_NOT_FOUND'],
      SELECTED: [model.visitsOf('/a'), 'FORBIDDEN', 'FORBIDDEN'],
    }[visibility];
    expect([told(await count('/a')), told(await count('/b')), told(await count(null))]).toEqual(expected);
    const badge = await fetch(`${this.url}/badge.json?site=${id}&path=/a`);
    if (visibility === 'PRIVATE') expect(badge.status).toBe(404);
    else expect(await badge.json()).toMatchObject({ message: String(model.visitsOf('/a')) });
  }

  /**
   * What is told of a site while it is visited, up to its last visit.
   * @returns holds it to the model, once everything was counted
   */
  follow(site: Tracked, last: ModelVisit): () => Promise<void> {
    const open = (query: string): Subscription => {
      const transport = transports[this.#made % transports.length];
      if (!transport) throw new Error('no transport');
      return transport.subscribe(this.url, query, { site: site.id }, ADMIN_TOKEN);
    };
    const visits = open('subscription ($site: ID) { visitCounted(site: $site) { path referrer } }');
    const counts = open('subscription ($site: ID) { count(site: $site) }');
    const tallies = open('subscription ($site: ID) { votes(site: $site, path: "/a") { up down } }');
    const live = open('subscription ($site: ID) { liveVisitors(site: $site) { visitors } }');
    const seen = (async () => {
      const told: { path: string; referrer: string }[] = [];
      while (told.at(-1)?.referrer !== last.referrer) {
        const result = await visits.next();
        if (!isResult(result)) throw new Error('visitCounted ended');
        told.push(result.data?.['visitCounted'] as never);
      }
      await visits.end();
      return told;
    })();
    const until = async (subscription: Subscription, field: string, value: unknown) => {
      let told: unknown;
      do {
        const result = await subscription.next();
        if (!isResult(result)) throw new Error(`${field} ended`);
        told = result.data?.[field];
      } while (JSON.stringify(told) !== JSON.stringify(value));
      await subscription.end();
    };
    return async () => {
      expect(sorted(await seen)).toEqual(
        sorted(site.model.visits.map((visit) => ({ path: visit.page, referrer: visit.referrer }))),
      );
      await until(counts, 'count', site.model.visitsOf(null));
      await until(tallies, 'votes', site.model.tally('/a'));
      await until(live, 'liveVisitors', { visitors: site.model.present() });
    };
  }
}

interface History {
  readonly totalCount: number;
  readonly edges: readonly { readonly node: object }[];
}
interface RealTime {
  readonly visitors: number;
  readonly pages: readonly { readonly visitors: number }[];
  readonly minutes: readonly { readonly visits: number; readonly pixelViews: number }[];
}
interface Top {
  readonly edges: readonly {
    readonly node: { readonly value: string; readonly figures: { readonly visits: number } };
  }[];
}
interface Stats {
  readonly totals: object;
  readonly series: readonly { readonly figures: { readonly visits: number; readonly pixelViews: number } }[];
  readonly pages: Top;
  readonly browsers: Top;
  readonly referrers: Top;
  readonly mostEngaging: unknown;
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);
const sorted = (list: readonly object[]) => list.map((one) => JSON.stringify(one)).sort();
const isResult = (told: Result | 'broken off' | null): told is Result =>
  told !== null && told !== 'broken off';

function withVisits({ edges }: Top): Record<string, number> {
  return Object.fromEntries(
    edges.filter(({ node }) => node.figures.visits > 0).map(({ node }) => [node.value, node.figures.visits]),
  );
}

async function startInstance(database: DatabaseKind): Promise<Instance> {
  const origin = await startTrackedSite(PAGES);
  onTestFinished(() => origin.close());
  return new Instance(await startTestService({ database, adminToken: ADMIN_TOKEN }), origin.url);
}

eachDatabase('sites on one instance', (database) => {
  test('never mix, whatever readers of all of them do at once', { timeout: 120_000 }, async () => {
    const instance = await startInstance(database);
    const all: Tracked[] = [];
    await fc.assert(
      fc.asyncProperty(fc.tuple(lane, lane, lane), async (lanes) => {
        const sites = await instance.newSites();
        all.push(...sites);
        const last = await Promise.all(sites.map((site) => instance.register(site, '/b', 1)));
        const pairs = sites.map((site, index) => ({ site, visit: last[index] as ModelVisit }));
        const checks = pairs.map(({ site, visit }) => instance.follow(site, visit));
        // Until they listen: a visit before is none of those that happen next.
        await pass(200);
        await Promise.all(sites.map((site, index) => instance.walk(site, lanes[index] ?? [])));
        for (const { site, visit } of pairs) {
          let refusal = await instance.post(visit, site);
          for (; refusal === 'VISIT_TOO_EARLY'; refusal = await instance.post(visit, site)) await pass(200);
          expect(refusal).toBe('');
        }
        for (const site of sites) await instance.expectReads(site);
        for (const check of checks) await check();
      }),
      { numRuns: 4, endOnFailure: true },
    );
    // What came later changed nothing of the sites before.
    for (const site of all) await instance.expectReads(site);
  });
});
