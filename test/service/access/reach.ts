import { expect } from 'vitest';
import type { FigureKind } from '../../../server/domain/site.ts';
import { type CallerName, REFUSED, type SiteName, type WrongCaller } from './world.ts';

/** How much of the figures of a site somebody may read. */
export type Reach =
  /** Everything. */
  | 'all'
  /** Nothing, nor that there is such a site. */
  | 'none'
  /** Of a site that shows some pages: `/a`, and nothing of the site as a whole. */
  | 'page'
  /** Of a site that shows some figures: counts and votes. */
  | 'kinds'
  /** Of a link that was shared for `/a`: nothing else. */
  | 'link to page'
  /** Of a link that was shared for a range: statistics, which alone have one. */
  | 'link to range'
  /** The token is refused, whatever is asked. */
  | 'wrong token';

type Reaches = Readonly<Record<SiteName, Reach>>;

const ANYBODY: Reaches = {
  open: 'all',
  closed: 'none',
  shut: 'none',
  pages: 'page',
  figures: 'kinds',
  archived: 'none',
  deleted: 'none',
  absent: 'none',
};
const EVERY_SITE: Reaches = { ...ANYBODY, closed: 'all', shut: 'all', pages: 'all', figures: 'all' };
const WRONG = Object.fromEntries(Object.keys(ANYBODY).map((site) => [site, 'wrong token'])) as Reaches;

/** Who may read what. */
export const REACH: Readonly<Record<CallerName, Reaches>> = {
  ...(Object.fromEntries(REFUSED.map((caller) => [caller, WRONG])) as Record<WrongCaller, Reaches>),
  nobody: ANYBODY,
  READ: { ...ANYBODY, closed: 'all' },
  'READ of shut': { ...ANYBODY, shut: 'all' },
  'READ of all': EVERY_SITE,
  SEND: ANYBODY,
  ADMINISTER_SITE: { ...ANYBODY, closed: 'all' },
  'ADMINISTER_SITE of shut': { ...ANYBODY, shut: 'all' },
  'ADMINISTER_SITE of archived': ANYBODY,
  'ADMINISTER_SITE of all': EVERY_SITE,
  ADMINISTER_INSTANCE: EVERY_SITE,
  admin_token: EVERY_SITE,
  'a link to /a': { ...ANYBODY, closed: 'link to page' },
  'a link to today': { ...ANYBODY, closed: 'link to range' },
};

/** What is asked for, as far as it decides who may read it. */
export interface Asked {
  readonly kind: FigureKind;
  /**
   * A page, the site as a whole, or all of it that a link was shared for; of days before any that a link is for, where
   * it says so.
   */
  readonly of: '/a' | '/b' | 'site' | 'part' | 'part before';
}

/** Whether something is told, or with which code it is refused. */
export function verdictOf(reach: Reach, { kind, of }: Asked): 'told' | string {
  const where: Record<Reach, boolean> = {
    all: true,
    none: false,
    'wrong token': false,
    page: of === '/a',
    kinds: kind === 'COUNTS' || kind === 'VOTES',
    'link to page': of === '/a' || of === 'part' || of === 'part before',
    'link to range': kind === 'STATS' && of !== 'part before',
  };
  if (where[reach]) return 'told';
  if (reach === 'wrong token') return 'INVALID_TOKEN';
  return reach === 'none' ? 'SITE_NOT_FOUND' : 'FORBIDDEN';
}

/** A field or a route that tells figures. */
export interface Row extends Asked {
  readonly ask: string;
  /** What it tells of a site on which `/a` and `/b` were visited once. */
  readonly told: unknown;
  /** Where a link that was shared for `/a` is told something else. */
  readonly toldOfPage?: unknown;
}

const ONE_ON_A = { totalCount: 1, edges: [{ node: { path: '/a' } }] };
const TALLY = { up: 0, down: 0, score: 0, mine: null };

/** Fields that tell figures of `$site`. Each field of the schema that does is here, for a page and the site as a whole where it has both. */
export const QUERIES: readonly Row[] = [
  { ask: 'count(site: $site, path: "/a")', kind: 'COUNTS', of: '/a', told: 1 },
  { ask: 'count(site: $site, path: "/b")', kind: 'COUNTS', of: '/b', told: 1 },
  { ask: 'count(site: $site, path: "/never")', kind: 'COUNTS', of: '/b', told: 0 },
  { ask: 'count(site: $site, of: VIEWS)', kind: 'COUNTS', of: 'site', told: 2 },
  {
    ask: 'counts(site: $site) { path count }',
    kind: 'COUNTS',
    of: 'site',
    told: [
      { path: '/a', count: 1 },
      { path: '/b', count: 1 },
    ],
  },
  {
    ask: 'history(site: $site, path: "/a") { totalCount edges { node { path } } }',
    kind: 'HISTORY',
    of: '/a',
    told: ONE_ON_A,
  },
  {
    ask: 'history(site: $site, path: "/b") { totalCount }',
    kind: 'HISTORY',
    of: '/b',
    told: { totalCount: 1 },
  },
  {
    ask: 'realTime(site: $site, path: "/a") { pages { path } }',
    kind: 'REAL_TIME',
    of: '/a',
    told: { pages: [{ path: '/a' }] },
  },
  { ask: 'realTime(site: $site) { at }', kind: 'REAL_TIME', of: 'site', told: { at: expect.any(String) } },
  {
    ask: 'stats(site: $site) { totals { visits } }',
    kind: 'STATS',
    of: 'part',
    told: { totals: { visits: 2 } },
    toldOfPage: { totals: { visits: 1 } },
  },
  {
    ask: 'stats(site: $site, filter: { page: "/a" }) { totals { visits } }',
    kind: 'STATS',
    of: '/a',
    told: { totals: { visits: 1 } },
  },
  {
    ask: 'stats(site: $site, filter: { page: "/b" }) { totals { visits } }',
    kind: 'STATS',
    of: '/b',
    told: { totals: { visits: 1 } },
  },
  { ask: 'votes(site: $site, path: "/a") { up down score mine }', kind: 'VOTES', of: '/a', told: TALLY },
  { ask: 'votes(site: $site, path: "/b") { up down score mine }', kind: 'VOTES', of: '/b', told: TALLY },
];

/** Subscriptions, as above. They are told of more visits of `/a` and `/b`. */
export const SUBSCRIPTIONS: readonly Row[] = [
  { ask: 'count(site: $site, path: "/a")', kind: 'COUNTS', of: '/a', told: expect.any(Number) },
  { ask: 'count(site: $site)', kind: 'COUNTS', of: 'site', told: expect.any(Number) },
  {
    ask: 'liveVisitors(site: $site, path: "/a") { pages { path } }',
    kind: 'REAL_TIME',
    of: '/a',
    told: { pages: [{ path: '/a' }] },
  },
  {
    ask: 'liveVisitors(site: $site) { at }',
    kind: 'REAL_TIME',
    of: 'site',
    told: { at: expect.any(String) },
  },
  {
    ask: 'visitCounted(site: $site, path: "/a") { path }',
    kind: 'HISTORY',
    of: '/a',
    told: { path: '/a' },
  },
  {
    ask: 'visitCounted(site: $site) { path }',
    kind: 'HISTORY',
    of: 'site',
    told: { path: expect.stringMatching(/^\/[ab]$/) },
  },
  { ask: 'votes(site: $site, path: "/b") { score }', kind: 'VOTES', of: '/b', told: { score: 0 } },
];

/** Plain routes that tell figures of one site: what is asked for is the rest of their query string. */
export const READ_ROUTES: readonly (Row & { readonly route: string })[] = [
  { route: '/api/count', ask: 'path=/a', kind: 'COUNTS', of: '/a', told: 1 },
  { route: '/api/count', ask: 'path=/b', kind: 'COUNTS', of: '/b', told: 1 },
  {
    route: '/api/counts',
    ask: '',
    kind: 'COUNTS',
    of: 'site',
    told: [
      { path: '/a', count: 1 },
      { path: '/b', count: 1 },
    ],
  },
  {
    route: '/api/history',
    ask: 'path=/a',
    kind: 'HISTORY',
    of: '/a',
    told: { utc_offset: '+00:00', visits: [expect.anything()] },
  },
  { route: '/badge.json', ask: 'path=/a', kind: 'COUNTS', of: '/a', told: badge('visits', '1') },
  { route: '/badge.json', ask: 'of=views', kind: 'COUNTS', of: 'site', told: badge('views', '2') },
  {
    route: '/badge.json',
    ask: 'path=/b&range=today',
    kind: 'STATS',
    of: '/b',
    told: badge('visits', '1'),
  },
  {
    route: '/badge.json',
    ask: 'range=today',
    kind: 'STATS',
    of: 'site',
    told: badge('visits', '2'),
  },
  {
    route: '/badge.svg',
    ask: 'path=/a',
    kind: 'COUNTS',
    of: '/a',
    told: expect.stringContaining('visits: 1<'),
  },
  {
    route: '/badge.svg',
    ask: 'of=visitors&range=today',
    kind: 'STATS',
    of: 'site',
    told: expect.stringContaining('visitors: 0<'),
  },
  {
    route: '/digest.atom',
    ask: '',
    kind: 'STATS',
    of: 'part before',
    told: expect.stringMatching(/: daily digest[\s\S]*<\/feed>\n$/),
  },
  {
    route: '/digest.atom',
    ask: 'period=weekly',
    kind: 'STATS',
    of: 'part before',
    told: expect.stringContaining(': weekly digest'),
  },
];

function badge(label: string, message: string): unknown {
  return expect.objectContaining({ label, message });
}
