import { isIntrospectionType, isObjectType } from 'graphql';
import { expect, test } from 'vitest';
import { hashOf, parseToken } from '../../../server/domain/token-text.ts';
import { schema } from '../../../server/graphql/schema.ts';
import { ask, codesOf } from '../../support/graphql.ts';
import { type Asked, REACH, verdictOf } from './reach.ts';
import { bearer, CALLERS, originOf, SITES, startWorld } from './world.ts';

/** Fields of a site: told to whoever may know of it, but for figures, which are null where they may not be read. */
const SITE_FIELDS: Readonly<Record<string, 'known' | Asked>> = {
  baseUrls: 'known',
  id: 'known',
  minDelaySecs: 'known',
  name: 'known',
  timeZone: 'known',
  views: { kind: 'COUNTS', of: 'site' },
  visibility: 'known',
  visits: { kind: 'COUNTS', of: 'site' },
};

/** Fields of statistics, with what of the site they tell of where these are of the page `/a`. */
const STATS_FIELDS: Readonly<Record<string, readonly [field: string, of: '/a' | 'site', outside?: 'today']>> =
  {
    // Of a time before, which a link that was shared for this day is not for.
    comparison: ['comparison { totals { visits } }', '/a', 'today'],
    // Nothing else is kept of them than the site.
    filteredHits: ['filteredHits { hits }', 'site'],
    // With what votes come to now, which has no range.
    mostEngaging: ['mostEngaging { path }', '/a', 'today'],
    range: ['range { preset }', '/a'],
    series: ['series { figures { visits } }', '/a'],
    top: ['top(dimension: PAGE) { edges { node { value } } }', '/a'],
    totals: ['totals { visits }', '/a'],
  };

/** What is told with a field that was held to its rules, and to whom that was. */
const WITHIN: Readonly<Record<string, readonly string[]>> = {
  'whoever may read the figures': [
    'EngagingPage',
    'Figures',
    'FiguresChange',
    'FilteredDay',
    'FilteredHits',
    'LiveMinute',
    'LivePage',
    'PageCount',
    'PageInfo',
    'RealTime',
    'ResolvedRange',
    'SeriesPoint',
    'StatsComparison',
    'TopConnection',
    'TopEdge',
    'TopValue',
    'Visit',
    'VisitConnection',
    'VisitEdge',
    'VoteTally',
  ],
  'whoever read the page': ['PageLeftPayload', 'PostSleepPayload', 'Registration'],
};

/** Fields of what is told to those who administer, and to holders of tokens of themselves. */
const PRIVATE_FIELDS: Readonly<Record<string, readonly string[]>> = {
  AdministeredSite: [
    'archivedAt',
    'baseUrls',
    'callbackOrigin',
    'declared',
    'deletedAt',
    'id',
    'minDelaySecs',
    'name',
    'pathPatterns',
    'publicFigures',
    'publicPages',
    'respectDnt',
    'retentionDays',
    'timeZone',
    'visibility',
  ],
  AuditChange: ['after', 'before', 'field'],
  AuditEntry: ['action', 'actor', 'at', 'changes', 'id', 'site', 'token'],
  CreatedToken: ['link', 'secret', 'token'],
  FilterValue: ['dimension', 'value'],
  FixedRange: ['from', 'preset', 'to'],
  SiteDeletion: ['complete', 'rows', 'visits'],
  Token: [
    'createdAt',
    'expiresAt',
    'filter',
    'id',
    'lastUsedAt',
    'name',
    'range',
    'revokedAt',
    'scopes',
    'site',
  ],
  Webhook: [
    'createdAt',
    'events',
    'id',
    'lastError',
    'lastFailureAt',
    'lastSuccessAt',
    'stopReason',
    'stoppedAt',
    'url',
  ],
  WebhookDelivery: [
    'attempts',
    'body',
    'createdAt',
    'deliveredAt',
    'event',
    'id',
    'lastError',
    'nextAttemptAt',
  ],
  WebhookWithSecret: ['secret', 'webhook'],
  Viewer: ['expiresAt', 'filter', 'name', 'range', 'scopes', 'site'],
};

function fieldsOf(name: string): string[] {
  const type = schema.getType(name);
  return isObjectType(type) ? Object.keys(type.getFields()).sort() : [];
}

test('every object is in a table, and every field of those that not everybody may see whole', () => {
  const objects = Object.values(schema.getTypeMap())
    .filter((type) => isObjectType(type) && !isIntrospectionType(type))
    .map(({ name }) => name);
  expect(objects.sort()).toEqual(
    [
      'Query',
      'Mutation',
      'Subscription',
      'Site',
      'Stats',
      ...Object.values(WITHIN).flat(),
      ...Object.keys(PRIVATE_FIELDS),
    ].sort(),
  );
  expect(fieldsOf('Site')).toEqual(Object.keys(SITE_FIELDS));
  expect(fieldsOf('Stats')).toEqual(Object.keys(STATS_FIELDS));
  for (const [type, fields] of Object.entries(PRIVATE_FIELDS)) expect(fieldsOf(type), type).toEqual(fields);
});

test('fields of a site tell figures to those only who may read them, by name and in the list', {
  timeout: 120_000,
}, async () => {
  const { url, tokens } = await startWorld();
  const fields = Object.keys(SITE_FIELDS).join(' ');
  const visibilities = { open: 'PUBLIC', closed: 'PRIVATE', shut: 'PRIVATE' } as Record<string, string>;
  for (const caller of CALLERS) {
    const known = SITES.filter((site) => !['none', 'wrong token'].includes(REACH[caller][site]));
    const shown = known.map((site) => {
      const whole: Record<string, unknown> = {
        baseUrls: [originOf(site)],
        id: site,
        minDelaySecs: 0,
        name: site,
        timeZone: 'UTC',
        views: 2,
        visibility: visibilities[site] ?? 'SELECTED',
        visits: 2,
      };
      return Object.fromEntries(
        Object.entries(SITE_FIELDS).map(([field, asked]) => [
          field,
          asked === 'known' || verdictOf(REACH[caller][site], asked) === 'told' ? whole[field] : null,
        ]),
      );
    });
    const headers = bearer(tokens[caller]);
    const list = await ask(url, `{ sites { ${fields} } }`, {}, headers);
    if (known.length === 0) expect(codesOf(list), caller).toEqual(['INVALID_TOKEN']);
    else expect(list, caller).toEqual({ data: { sites: shown } });
    for (const site of SITES) {
      const one = await ask(url, `query ($site: ID) { site(id: $site) { ${fields} } }`, { site }, headers);
      const index = known.indexOf(site);
      if (index >= 0) expect(one, `${site} for ${caller}`).toEqual({ data: { site: shown[index] } });
      else {
        const code = known.length === 0 ? 'INVALID_TOKEN' : 'SITE_NOT_FOUND';
        expect([one.data, codesOf(one)], `${site} for ${caller}`).toEqual([{ site: null }, [code]]);
      }
    }
  }
});

test('fields of statistics of a page tell of no more than the page and the time that may be read', {
  timeout: 120_000,
}, async () => {
  const { url, tokens } = await startWorld();
  for (const caller of CALLERS) {
    for (const [name, [field, of, outside]] of Object.entries(STATS_FIELDS)) {
      for (const site of SITES) {
        const query = `query ($site: ID) { stats(site: $site, range: { preset: TODAY }, filter: { page: "/a" }) { ${field} } }`;
        const result = await ask(url, query, { site }, bearer(tokens[caller]));
        const reach = REACH[caller][site];
        const verdict =
          reach === 'link to range' && outside ? 'FORBIDDEN' : verdictOf(reach, { kind: 'STATS', of });
        const where = `${name} of ${site} for ${caller}`;
        expect(codesOf(result)[0] ?? 'told', where).toBe(verdict);
        if (verdict !== 'told') {
          expect([null, { stats: { [name]: null } }], where).toContainEqual(result.data ?? null);
        } else expect(JSON.stringify(result.data), where).not.toContain('/b');
      }
    }
  }
});

test('another range or another page than a link was shared for is refused, and not cut', async () => {
  const { url, tokens } = await startWorld();
  const statsFor = (caller: 'a link to /a' | 'a link to today', args: string) =>
    ask(url, `{ stats(${args}) { totals { visits } } }`, {}, bearer(tokens[caller]));
  for (const range of ['{ preset: LAST_7_DAYS }', '{ preset: YESTERDAY }', '{ preset: LAST_24_HOURS }']) {
    expect(codesOf(await statsFor('a link to today', `range: ${range}`)), range).toEqual(['FORBIDDEN']);
    expect(codesOf(await statsFor('a link to /a', `range: ${range}`)), range).toEqual([]);
  }
  for (const filter of ['{ page: "/b" }', '{ page: "/b", device: "mobile" }']) {
    expect(codesOf(await statsFor('a link to /a', `filter: ${filter}`)), filter).toEqual(['FORBIDDEN']);
    expect(codesOf(await statsFor('a link to today', `filter: ${filter}`)), filter).toEqual([]);
  }
});

test('no field tells a secret of a token again, nor the hash of one', async () => {
  const { url, tokens } = await startWorld();
  const plain = (type: string) =>
    (PRIVATE_FIELDS[type] ?? []).filter((field) => !['filter', 'range', 'changes'].includes(field)).join(' ');
  const within = 'filter { dimension value } range { preset from to }';
  const answer = JSON.stringify(
    await ask(
      url,
      `{ tokens { ${plain('Token')} ${within} } viewer { ${plain('Viewer')} ${within} }
         auditLog(first: 500) { ${plain('AuditEntry')} changes { field before after } }
         administeredSites { ${plain('AdministeredSite')} } }`,
      {},
      bearer(tokens['admin_token']),
    ),
  );
  expect(answer).toContain('"name":"READ of all"');
  for (const [caller, text] of Object.entries(tokens)) {
    const { secret } = parseToken(text ?? '') ?? {};
    if (secret === undefined) continue;
    const hash = Buffer.from(hashOf(secret));
    for (const shown of [secret, hash.toString('hex'), hash.toString('base64'), hash.toString('base64url')]) {
      expect(answer.includes(shown), caller).toBe(false);
    }
  }
});
