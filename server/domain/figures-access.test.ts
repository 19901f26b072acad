import { describe, expect, test } from 'vitest';
import { operator, type SiteQuestion } from './access.ts';
import { DAY_MS } from './day.ts';
import { NO_TRAITS } from './dimensions/dimension.ts';
import type { Domain } from './domain.ts';
import { FIGURE_KINDS, type FigureKind, type SiteDeclaration } from './site.ts';
import type { TokenInput } from './tokens.ts';
import { about, blog, createWorld, docs, from, nobody, START, type TestWorld } from './world.testing.ts';

interface Figure {
  readonly name: string;
  /** What must be public for it. */
  readonly kinds: readonly FigureKind[];
  /** Whether it can be asked of a page, or of the site as a whole. */
  readonly of: 'page' | 'site';
  readonly ask: (domain: Domain, question: SiteQuestion, path: string) => Promise<unknown>;
}

const statsOf = ({ stats }: Domain, question: SiteQuestion, page?: string) =>
  stats.open({ ...question, filter: { page } });

/** Everything that tells figures. */
const figures: readonly Figure[] = [
  {
    name: 'count of a page',
    kinds: ['COUNTS'],
    of: 'page',
    ask: ({ counts }, question, path) => counts.count(question, { path }),
  },
  {
    name: 'count of the site',
    kinds: ['COUNTS'],
    of: 'site',
    ask: ({ counts }, question) => counts.count(question, {}),
  },
  {
    name: 'counts of all pages',
    kinds: ['COUNTS'],
    of: 'site',
    ask: ({ counts }, question, path) => counts.counts(question, { first: 1, after: path }),
  },
  {
    name: 'history',
    kinds: ['HISTORY'],
    of: 'page',
    ask: ({ history }, question, path) => history.read(question, path, {}),
  },
  {
    name: 'history as a stream',
    kinds: ['HISTORY'],
    of: 'page',
    ask: ({ history }, question, path) => history.stream(question, path),
  },
  {
    name: 'votes',
    kinds: ['VOTES'],
    of: 'page',
    ask: ({ votes }, question, path) => votes.tally(question, path),
  },
  {
    name: 'votes, live',
    kinds: ['VOTES'],
    of: 'page',
    ask: ({ live }, question, path) => live.votes(question, path),
  },
  {
    name: 'own vote',
    kinds: ['VOTES'],
    of: 'page',
    ask: ({ votes }, { site, reader: { token } }, path) =>
      votes.mine({ site, path }, { ...nobody, token: typeof token === 'string' ? token : null }),
  },
  {
    name: 'count of a page, live',
    kinds: ['COUNTS'],
    of: 'page',
    ask: ({ live }, question, path) => live.count(question, { path }),
  },
  {
    name: 'count of the site, live',
    kinds: ['COUNTS'],
    of: 'site',
    ask: ({ live }, question) => live.count(question, {}),
  },
  {
    name: 'visits of a page, live',
    kinds: ['HISTORY'],
    of: 'page',
    ask: ({ live }, question, path) => live.visitCounted(question, path),
  },
  {
    name: 'visits of the site, live',
    kinds: ['HISTORY'],
    of: 'site',
    ask: ({ live }, question) => live.visitCounted(question, null),
  },
  {
    name: 'real time of a page',
    kinds: ['REAL_TIME'],
    of: 'page',
    ask: ({ realTime }, question, path) => realTime.present(question, path),
  },
  {
    name: 'real time of the site',
    kinds: ['REAL_TIME'],
    of: 'site',
    ask: ({ realTime }, question) => realTime.present(question, null),
  },
  {
    name: 'real time of a page, live',
    kinds: ['REAL_TIME'],
    of: 'page',
    ask: ({ realTime }, question, path) => realTime.watch(question, path),
  },
  {
    name: 'real time of the site, live',
    kinds: ['REAL_TIME'],
    of: 'site',
    ask: ({ realTime }, question) => realTime.watch(question, null),
  },
  {
    name: 'statistics of a page',
    kinds: ['STATS'],
    of: 'page',
    ask: async (domain, question, path) => (await statsOf(domain, question, path)).totals(),
  },
  {
    name: 'statistics of the site',
    kinds: ['STATS'],
    of: 'site',
    ask: async (domain, question) => (await statsOf(domain, question)).totals(),
  },
  {
    name: 'digests of the site',
    kinds: ['STATS'],
    of: 'site',
    ask: (domain, question) => domain.digests.list(question, 'daily'),
  },
  {
    name: 'hits that were kept out',
    kinds: ['STATS'],
    of: 'site',
    ask: async (domain, question) => (await statsOf(domain, question)).filteredHits(),
  },
  {
    name: 'hits that were kept out, with a page',
    kinds: ['STATS'],
    of: 'site',
    ask: async (domain, question, path) => (await statsOf(domain, question, path)).filteredHits(),
  },
  {
    name: 'most engaging of a page',
    kinds: ['STATS', 'VOTES'],
    of: 'page',
    ask: async (domain, question, path) => (await statsOf(domain, question, path)).mostEngaging(),
  },
  {
    name: 'most engaging of the site',
    kinds: ['STATS', 'VOTES'],
    of: 'site',
    ask: async (domain, question) => (await statsOf(domain, question)).mostEngaging(),
  },
  {
    name: 'badge of a page',
    kinds: ['COUNTS'],
    of: 'page',
    ask: ({ badges }, question, path) => badges.figure(question, { of: 'views', path }),
  },
  {
    name: 'badge of the site',
    kinds: ['COUNTS'],
    of: 'site',
    ask: ({ badges }, question) => badges.figure(question, { of: 'visits' }),
  },
  {
    name: 'badge of visitors of a page',
    kinds: ['STATS'],
    of: 'page',
    ask: ({ badges }, question, path) => badges.figure(question, { of: 'visitors', path }),
  },
  {
    name: 'badge of a range of the site',
    kinds: ['STATS'],
    of: 'site',
    ask: ({ badges }, question) => badges.figure(question, { of: 'visits', range: 'TODAY' }),
  },
];

const YESTERDAY = START - DAY_MS;
const FORBIDDEN = 'FORBIDDEN';

/** A site with visits on `/a`, `/b` and `/news/x`, today and yesterday, and another that is private. */
async function withVisits(changes: Partial<SiteDeclaration> = {}): Promise<TestWorld> {
  const hidden = { ...docs, visibility: 'private' } as const;
  const world = await createWorld({ sites: [{ ...blog, ...changes }, hidden] });
  let nonce = 0;
  for (const path of ['/a', '/b', '/news/x']) {
    const { id: pageId } = await world.storage.addPage(1, path, START);
    for (const registeredAt of [YESTERDAY, START]) {
      for (const referrer of [null, 'news.example']) {
        nonce += 1;
        const visit = { siteId: 1, pageId, registeredAt, nonce, kind: 'visit', visitor: null } as const;
        await world.storage.countVisit({ ...visit, traits: { ...NO_TRAITS, referrer } });
      }
    }
  }
  world.answer(`${blog.callbackOrigin}/gone`, 'missing');
  world.answer(`${blog.callbackOrigin}/news/gone`, 'missing');
  return world;
}

/** What a question comes to: the code of the refusal, or nothing where it is answered. */
async function refusalOf({ domain }: TestWorld, figure: Figure, question: SiteQuestion, path = '/a') {
  try {
    await figure.ask(domain, question, path);
    return null;
  } catch (error) {
    return (error as { code?: string }).code ?? String(error);
  } finally {
    domain.live.close();
    domain.realTime.close();
  }
}

async function holderOf({ domain }: TestWorld, input: Partial<TokenInput>): Promise<SiteQuestion> {
  const created = await domain.tokens.create(
    { name: 'a link', scopes: ['READ'], site: 'blog', ...input },
    operator,
  );
  return { site: 'blog', reader: { token: created.text } };
}

describe('of a site that shows some pages', () => {
  const changes = { visibility: 'selected', publicPages: ['/a', '/news/*'] } as const;

  test.each(figures)('$name: nothing but theirs', async (figure) => {
    const world = await withVisits(changes);
    const of = (path: string) => refusalOf(world, figure, about('blog'), path);
    const expected = figure.of === 'page' ? null : FORBIDDEN;
    for (const path of ['/a', '/a/', '/news/x']) expect(await of(path)).toBe(expected);
    for (const path of ['/', '/b', '/news', '/A']) expect(await of(path)).toBe(FORBIDDEN);
    const reader = await holderOf(world, {});
    for (const path of ['/a', '/b']) expect(await refusalOf(world, figure, reader, path)).toBeNull();
  });

  test('a first page that is chosen is one of them', async () => {
    const world = await withVisits({ ...changes, publicPages: ['/'] });
    expect(await world.domain.counts.count(about('blog'), { path: '/' })).toBe(0);
    await expect(world.domain.counts.count(about('blog'), { path: '/a' })).rejects.toMatchObject({
      code: FORBIDDEN,
    });
    await expect(world.domain.counts.count(about('blog'), {})).rejects.toMatchObject({ code: FORBIDDEN });
  });

  test.each(figures)('$name: a refusal does not tell whether there is such a page', async ({ ask }) => {
    const world = await withVisits(changes);
    const told = async (path: string) => {
      const { code, message } = await ask(world.domain, about('blog'), path).then(
        () => ({ code: null, message: '' }),
        (error) => error,
      );
      return { code, message: message.replaceAll(path, 'PATH') };
    };
    const refusal = await told('/b');
    expect(refusal.code).toBe(FORBIDDEN);
    expect(await told('/gone')).toEqual(refusal);
    expect(world.asked).toEqual([]);
  });
});

describe('of a site that shows some figures', () => {
  test.each(figures)('$name: where all of its kind are among them', async (figure) => {
    for (const shown of FIGURE_KINDS) {
      const world = await withVisits({ visibility: 'selected', publicFigures: [shown] });
      const isPublic = figure.kinds.every((kind) => kind === shown);
      expect(await refusalOf(world, figure, about('blog'))).toBe(isPublic ? null : FORBIDDEN);
    }
    const both = await withVisits({ visibility: 'selected', publicFigures: figure.kinds });
    expect(await refusalOf(both, figure, about('blog'))).toBeNull();
    const all = await withVisits({ visibility: 'selected' });
    expect(await refusalOf(all, figure, about('blog'))).toBeNull();
    expect(await refusalOf(await withVisits(), figure, about('blog'))).toBeNull();
  });

  test('readers count, and vote, though they are not shown what that comes to', async () => {
    const { domain, clock } = await withVisits({ visibility: 'selected', publicFigures: ['STATS'] });
    const ann = from('https://blog.example');
    const { visitId } = await domain.visits.register({ path: '/a' }, ann);
    clock.pass(blog.minDelaySecs * 1_000);
    expect(await domain.visits.postSleep({ visitId }, ann)).toEqual({ counted: true });
    expect(await domain.votes.cast({ path: '/a', vote: 1 }, ann)).toBeNull();
  });
});

describe('with a token', () => {
  test.each(figures)('for one site, $name: of it, and of others what anybody may read', async (figure) => {
    const world = await withVisits({ visibility: 'private' });
    const own = await holderOf(world, {});
    expect(await refusalOf(world, figure, own)).toBeNull();
    // Where the site is left out, it is that of the token.
    expect(await refusalOf(world, figure, { reader: own.reader })).toBeNull();
    expect(await refusalOf(world, figure, { ...own, site: 'docs' })).toBe('SITE_NOT_FOUND');
    const other = await holderOf(world, { site: 'docs' });
    expect(await refusalOf(world, figure, other)).toBe('SITE_NOT_FOUND');
    const open = await withVisits();
    expect(await refusalOf(open, figure, await holderOf(open, { site: 'docs' }))).toBeNull();
  });

  test.each(figures)('that sends only, $name: as without it', async (figure) => {
    const hidden = await withVisits({ visibility: 'private' });
    expect(await refusalOf(hidden, figure, await holderOf(hidden, { scopes: ['SEND'] }))).toBe(
      'SITE_NOT_FOUND',
    );
    const open = await withVisits();
    expect(await refusalOf(open, figure, await holderOf(open, { scopes: ['SEND'] }))).toBeNull();
  });
});

describe('with a token for some visits', () => {
  // Statistics of nothing in particular are of what the token is for.
  const isFitted = ({ name }: Figure) => /^(statistics|digests)/.test(name);

  test.each(figures)('those of a page, $name: of that page only', async (figure) => {
    const world = await withVisits();
    const holder = await holderOf(world, { filter: { page: '/a' } });
    const isOfPage = figure.of === 'page' || isFitted(figure) || figure.name === 'most engaging of the site';
    expect(await refusalOf(world, figure, holder, '/a')).toBe(isOfPage ? null : FORBIDDEN);
    if (figure.of === 'site') return;
    for (const path of ['/b', '/never', '/gone']) {
      expect(await refusalOf(world, figure, holder, path)).toBe(FORBIDDEN);
    }
    expect(world.asked).toEqual([]);
  });

  test.each(figures)('those of a referrer, $name: in statistics only', async (figure) => {
    const world = await withVisits();
    const holder = await holderOf(world, { filter: { referrer: 'news.example' } });
    expect(await refusalOf(world, figure, holder)).toBe(isFitted(figure) ? null : FORBIDDEN);
  });

  test('statistics are of these, can be narrowed, and never be of others', async () => {
    const world = await withVisits();
    const { stats } = world.domain;
    const holder = await holderOf(world, { filter: { referrer: 'news.example', page: '/a' } });
    const visitsOf = async (filter: object) =>
      (await (await stats.open({ ...holder, filter })).totals()).visits;
    expect((await (await stats.open({ site: 'blog', reader: nobody })).totals()).visits).toBe(12);
    expect(await visitsOf({})).toBe(2);
    expect(await visitsOf({ referrer: 'news.example' })).toBe(2);
    expect(await visitsOf({ page: '/a/' })).toBe(2);
    expect(await visitsOf({ country: 'DE' })).toBe(0);
    for (const filter of [
      { page: '/b' },
      { referrer: 'other.example' },
      { page: '/b', referrer: 'news.example' },
    ]) {
      await expect(visitsOf(filter)).rejects.toMatchObject({ code: FORBIDDEN });
    }
    const { entries } = await (await stats.open(holder)).top({ dimension: 'page' });
    expect(entries.map(({ value }) => value)).toEqual(['/a']);
  });
});

describe('with a token for a range', () => {
  const isOfRange = ({ kinds: [kind, ...others], name }: Figure) =>
    kind === 'STATS' && others.length === 0 && !/^(badge of visitors|digests)/.test(name);

  test.each(figures)('$name: nothing that has no range', async (figure) => {
    const world = await withVisits();
    const holder = await holderOf(world, { range: { preset: 'TODAY' } });
    expect(await refusalOf(world, figure, holder)).toBe(isOfRange(figure) ? null : FORBIDDEN);
  });

  test('statistics are of it, can be of less, and never be of other days', async () => {
    const world = await withVisits();
    const { stats } = world.domain;
    const holder = await holderOf(world, { range: { from: '2024-02-01', to: '2024-02-29' } });
    const open = (range: object = {}) => stats.open({ ...holder, range });
    const visitsOf = async (range?: object) => (await (await open(range)).totals()).visits;
    expect(await (await stats.open(holder)).totals()).toMatchObject({ visits: 6 });
    expect(await visitsOf({ preset: 'YESTERDAY' })).toBe(6);
    expect(await visitsOf({ from: '2024-02-02', to: '2024-02-03' })).toBe(0);
    for (const range of [
      {},
      { preset: 'TODAY' },
      { preset: 'ALL_TIME' },
      { preset: 'LAST_24_HOURS' },
      { from: '2024-01-31', to: '2024-02-29' },
      { from: '2024-02-01', to: '2024-03-01' },
      { from: '2024-02-01' },
    ]) {
      await expect(open(range)).rejects.toMatchObject({ code: FORBIDDEN });
    }
  });

  test('nothing is compared with what lies outside of it', async () => {
    const world = await withVisits();
    const holder = await holderOf(world, { range: { from: '2024-02-01', to: '2024-02-29' } });
    const whole = await world.domain.stats.open(holder);
    for (const kind of ['PREVIOUS_PERIOD', 'YEAR_BEFORE'] as const) {
      expect(() => whole.comparison(kind)).toThrow(expect.objectContaining({ code: FORBIDDEN }));
    }
    const part = await world.domain.stats.open({ ...holder, range: { preset: 'YESTERDAY' } });
    expect(await part.comparison('PREVIOUS_PERIOD')?.totals()).toMatchObject({ visits: 0 });
    expect(() => part.comparison('YEAR_BEFORE')).toThrow(expect.objectContaining({ code: FORBIDDEN }));
  });

  test('whole days are not told of where it is of hours', async () => {
    const world = await withVisits();
    const holder = await holderOf(world, { range: { preset: 'LAST_24_HOURS' } });
    const view = await world.domain.stats.open(holder);
    await view.totals();
    await expect(view.filteredHits()).rejects.toMatchObject({ code: FORBIDDEN });
  });

  test('a preset moves on with the days', async () => {
    const world = await withVisits();
    const holder = await holderOf(world, { range: { preset: 'TODAY' } });
    const today = async () => (await (await world.domain.stats.open(holder)).totals()).visits;
    expect(await today()).toBe(6);
    world.clock.pass(DAY_MS);
    expect(await today()).toBe(0);
  });
});
