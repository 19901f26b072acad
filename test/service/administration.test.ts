import { setTimeout as pass } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { eachDatabase } from '../support/databases.ts';
import { ask, codesOf, type Result } from '../support/graphql.ts';
import { startTestService, type TestService } from '../support/service.ts';
import { startTrackedSite, type TrackedSite } from '../support/tracked-site.ts';

const ADMIN_TOKEN = 'may-do-everything-there-is';
const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:133.0) Gecko/20100101 Firefox/133.0';

const CREATE = 'mutation ($input: SiteInput!) { createSite(input: $input) { id } }';
const UPDATE = `mutation ($id: ID!, $input: SiteInput!) {
  updateSite(id: $id, input: $input) { id name timeZone visibility minDelaySecs }
}`;
const ARCHIVE = 'mutation ($id: ID!) { archiveSite(id: $id) { id archivedAt } }';
const RESTORE = 'mutation ($id: ID!) { restoreSite(id: $id) { id archivedAt } }';
const DELETE = 'mutation ($id: ID!) { deleteSite(id: $id) { rows visits complete } }';
const CREATE_TOKEN = `mutation ($input: TokenInput!) {
  createToken(input: $input) { secret link token { id name site scopes expiresAt lastUsedAt } }
}`;
const REVOKE = 'mutation ($id: ID!) { revokeToken(id: $id) { name revokedAt } }';

/** Everything there is of sites and tokens, as who administers the instance sees it. */
const EVERYTHING = `{
  administeredSites {
    id name baseUrls callbackOrigin timeZone minDelaySecs pathPatterns respectDnt retentionDays visibility publicPages
    publicFigures declared archivedAt deletedAt
  }
  tokens { id name scopes site createdAt expiresAt revokedAt }
  auditLog(first: 500) { id action }
}`;

/** Asks with a token; without one it is that of the configuration. */
function asker({ url }: TestService, token = ADMIN_TOKEN) {
  return (document: string, variables: Record<string, unknown> = {}): Promise<Result> =>
    ask(url, document, variables, { authorization: `Bearer ${token}` });
}

async function start(options: Parameters<typeof startTestService>[0] = {}) {
  const service = await startTestService({ adminToken: ADMIN_TOKEN, ...options });
  return { service, administer: asker(service) };
}

async function trackedSite(paths = ['/a', '/b']): Promise<TrackedSite> {
  const site = await startTrackedSite(paths);
  onTestFinished(() => site.close());
  return site;
}

/** A visit from a page of the site: its code where it is refused. */
async function visitFrom({ url }: TestService, { url: origin }: TrackedSite, path = '/a') {
  const headers = { origin, 'user-agent': FIREFOX, 'accept-language': 'en' };
  const registered = await fetch(`${url}/register?path=${path}`, { headers });
  if (!registered.ok) return registered.headers.get('oxicount-error');
  const counted = await fetch(`${url}/post-sleep/${await registered.json()}`, { headers });
  return counted.ok ? 'counted' : counted.headers.get('oxicount-error');
}

async function newToken(administer: ReturnType<typeof asker>, input: Record<string, unknown>) {
  const { data, errors } = await administer(CREATE_TOKEN, { input });
  if (!data) throw new Error(JSON.stringify(errors));
  return data['createToken'] as { secret: string; link: string | null; token: Record<string, unknown> };
}

/** An offset in which it is another date now than in UTC. */
function elsewhere(): { timeZone: string; today: string } {
  const hours = new Date().getUTCHours() >= 12 ? 14 : -14;
  const today = new Date(Date.now() + hours * 3_600_000).toISOString().slice(0, 10);
  return { timeZone: `${hours > 0 ? '+' : '-'}14:00`, today };
}

eachDatabase('administration over GraphQL', (database) => {
  test('a site is made, counted, renamed, moved to another zone, archived, restored and deleted', async () => {
    const { service, administer } = await start({ database });
    const origin = await trackedSite();
    const input = { id: 'shop', baseUrls: [origin.url], minDelaySecs: 0, timeZone: 'UTC' };

    expect(await visitFrom(service, origin)).toBe('ORIGIN_NOT_ALLOWED');
    expect(await administer(CREATE, { input })).toEqual({ data: { createSite: { id: 'shop' } } });
    expect(await visitFrom(service, origin)).toBe('counted');
    expect(await visitFrom(service, origin, '/b')).toBe('counted');

    expect(await administer(UPDATE, { id: 'shop', input: { id: 'store' } })).toMatchObject({
      data: { updateSite: { id: 'store', name: 'shop' } },
    });
    expect(codesOf(await ask(service.url, '{ count(site: "shop") }'))).toEqual(['SITE_NOT_FOUND']);
    expect(await ask(service.url, '{ count(site: "store") }')).toEqual({ data: { count: 2 } });
    expect(await visitFrom(service, origin)).toBe('counted');

    const { timeZone, today } = elsewhere();
    await administer(UPDATE, { id: 'store', input: { timeZone } });
    const days = `{ stats(site: "store", range: { preset: TODAY }) {
      range { firstDay lastDay } totals { visits visitors } series(interval: DAY) { figures { visits } }
    } }`;
    await expect
      .poll(() => ask(service.url, days), { timeout: 10_000 })
      .toEqual({
        data: {
          stats: {
            range: { firstDay: today, lastDay: today },
            totals: { visits: 3, visitors: 1 },
            series: [{ figures: { visits: 3 } }],
          },
        },
      });

    expect(await administer(ARCHIVE, { id: 'store' })).toEqual({
      data: { archiveSite: { id: 'store', archivedAt: expect.any(String) } },
    });
    expect(await visitFrom(service, origin)).toBe('ORIGIN_NOT_ALLOWED');
    expect(codesOf(await administer('{ count(site: "store") }'))).toEqual(['SITE_NOT_FOUND']);
    expect(await administer(RESTORE, { id: 'store' })).toEqual({
      data: { restoreSite: { id: 'store', archivedAt: null } },
    });
    expect(await ask(service.url, '{ count(site: "store") }')).toEqual({ data: { count: 3 } });
    expect(await visitFrom(service, origin)).toBe('counted');

    const deleted = await administer(DELETE, { id: 'store' });
    expect(deleted).toEqual({
      data: { deleteSite: { rows: expect.any(Number), visits: 4, complete: true } },
    });
    const { rows } = (deleted.data?.['deleteSite'] ?? {}) as { rows: number };
    // The visits, the pages, the origin and the site itself at least.
    expect(rows).toBeGreaterThanOrEqual(8);
    expect(codesOf(await administer('{ count(site: "store") }'))).toEqual(['SITE_NOT_FOUND']);
    expect(codesOf(await administer(DELETE, { id: 'store' }))).toEqual(['SITE_NOT_FOUND']);

    // Its name and its origin are free, and another site that has them begins with nothing.
    expect(await administer(CREATE, { input: { ...input, id: 'store' } })).toMatchObject({ data: {} });
    expect(await ask(service.url, '{ count(site: "store") }')).toEqual({ data: { count: 0 } });
    expect(await visitFrom(service, origin)).toBe('counted');
  });

  test('the audit log tells who did what, when and in which order', async () => {
    const { service, administer } = await start({ database });
    const from = Date.now() - 1_000;
    const origin = await trackedSite();
    const owner = await newToken(administer, { name: 'the owner', scopes: ['ADMINISTER_INSTANCE'] });
    const asOwner = asker(service, owner.secret);
    await asOwner(CREATE, { input: { id: 'shop', baseUrls: [origin.url], minDelaySecs: 0 } });
    await asOwner(UPDATE, { id: 'shop', input: { id: 'store', minDelaySecs: 7 } });
    // What changes nothing is no news.
    await asOwner(UPDATE, { id: 'store', input: { minDelaySecs: 7 } });
    const keeper = await newToken(asOwner, {
      name: 'the keeper',
      scopes: ['ADMINISTER_SITE'],
      site: 'store',
    });
    const asKeeper = asker(service, keeper.secret);
    await asKeeper(ARCHIVE, { id: 'store' });
    await asKeeper(ARCHIVE, { id: 'store' });
    await asKeeper(RESTORE, { id: 'store' });
    await administer(REVOKE, { id: keeper.token['id'] });
    await administer(DELETE, { id: 'store' });

    const log = '{ auditLog { id at actor action site token changes { field before after } } }';
    const { data } = await administer(log);
    const entries = data?.['auditLog'] as Record<string, unknown>[];
    const told = entries.map(({ actor, action, site }) => [actor, action, site]).reverse();
    expect(told.slice(told.findIndex(([, action]) => action === 'TOKEN_CREATED'))).toEqual([
      ['admin_token', 'TOKEN_CREATED', null],
      ['the owner', 'SITE_CREATED', 'shop'],
      ['the owner', 'SITE_CHANGED', 'shop'],
      ['the owner', 'TOKEN_CREATED', 'store'],
      ['the keeper', 'SITE_ARCHIVED', 'store'],
      ['the keeper', 'SITE_RESTORED', 'store'],
      ['admin_token', 'TOKEN_REVOKED', 'store'],
      ['admin_token', 'SITE_DELETION_BEGUN', 'store'],
      ['admin_token', 'SITE_DELETED', 'store'],
    ]);
    const changed = entries.find(({ action }) => action === 'SITE_CHANGED');
    expect(changed?.['changes']).toEqual(
      expect.arrayContaining([
        { field: 'slug', before: '"shop"', after: '"store"' },
        { field: 'minDelaySecs', before: expect.any(String), after: '7' },
      ]),
    );
    expect(entries.find(({ action }) => action === 'TOKEN_REVOKED')?.['token']).toBe(
      `the keeper (${keeper.token['id']})`,
    );
    for (const { at } of entries) {
      expect(Date.parse(String(at))).toBeGreaterThan(from - 60_000);
      expect(Date.parse(String(at))).toBeLessThanOrEqual(Date.now());
    }
    // In parts it is the same list.
    const parts: unknown[] = [];
    let before: unknown = null;
    while (true) {
      const part = await administer('query ($before: ID) { auditLog(first: 2, before: $before) { id } }', {
        before,
      });
      const list = part.data?.['auditLog'] as { id: string }[];
      if (list.length === 0) break;
      parts.push(...list.map(({ id }) => id));
      before = list.at(-1)?.id;
    }
    expect(parts).toEqual(entries.map(({ id }) => id));
  });

  test('what is wrong with a site or a token is said by its name, and nothing is changed', async () => {
    const { administer } = await start({ database });
    const [first, second] = [await trackedSite(), await trackedSite()];
    await administer(CREATE, { input: { id: 'shop', baseUrls: [first.url] } });
    await administer(CREATE, { input: { id: 'old', baseUrls: [second.url] } });
    await administer(ARCHIVE, { id: 'old' });
    const before = await administer(EVERYTHING);
    const base = { id: 'new', baseUrls: ['https://new.example'] };
    const site: readonly [Record<string, unknown>, code: string, named: RegExp][] = [
      [{ id: 'New Shop' }, 'INVALID_ARGUMENT', /^slug is "New Shop"; it should be /],
      [{ id: null }, 'INVALID_ARGUMENT', /^slug is missing; /],
      [{ name: ' ' }, 'INVALID_ARGUMENT', /^name is " "; /],
      [{ baseUrls: [] }, 'INVALID_ARGUMENT', /^baseUrls is empty; /],
      [
        { baseUrls: ['https://a.example', 'b.example'] },
        'INVALID_ARGUMENT',
        /^baseUrls\[1\] is "b\.example"; /,
      ],
      [{ callbackOrigin: 'https://x.example/path' }, 'INVALID_ARGUMENT', /^callbackOrigin is /],
      [{ timeZone: 'Mars/Olympus' }, 'INVALID_ARGUMENT', /^timeZone is "Mars\/Olympus"; /],
      [{ minDelaySecs: 86_401 }, 'INVALID_ARGUMENT', /^minDelaySecs is 86401; /],
      [{ minDelaySecs: -1 }, 'BAD_USER_INPUT', /minDelaySecs/],
      [{ retentionDays: 2 }, 'INVALID_ARGUMENT', /^retentionDays is 2; /],
      [{ pathPatterns: ['user'] }, 'INVALID_ARGUMENT', /^pathPatterns\[0\] is "user"; /],
      [{ publicPages: ['/a/*/b'] }, 'INVALID_ARGUMENT', /^publicPages\[0\] is /],
      [{ publicFigures: ['EVERYTHING'] }, 'BAD_USER_INPUT', /publicFigures/],
      [{ id: 'shop' }, 'CONFLICT', /shop/],
      [{ id: 'old' }, 'CONFLICT', /old.* archived/],
      [{ id: 'blog' }, 'CONFLICT', /blog/],
      [{ baseUrls: [first.url] }, 'CONFLICT', /is a base URL of the site shop/],
      [{ baseUrls: [second.url] }, 'CONFLICT', /is a base URL of the site old, which is archived/],
    ];
    for (const [input, code, named] of site) {
      const result = await administer(CREATE, { input: { ...base, ...input } });
      const what = JSON.stringify(input);
      expect(codesOf(result), what).toEqual([code]);
      expect(result.errors?.[0]?.message, what).toMatch(named);
      // To leave a field out of a change, or to say what the site has already, is no mistake.
      if (input['id'] === null || input['id'] === 'shop' || input['baseUrls']?.toString() === first.url)
        continue;
      const changed = await administer(UPDATE, { id: 'shop', input });
      expect(codesOf(changed), what).toEqual([code]);
      expect(changed.errors?.[0]?.message, what).toMatch(named);
    }

    const read = { name: 'a token', scopes: ['READ'], site: 'shop' };
    const token: readonly [Record<string, unknown>, code: string, named: RegExp][] = [
      [{ name: '' }, 'INVALID_ARGUMENT', /^name is ""; /],
      [{ scopes: [] }, 'INVALID_ARGUMENT', /^scopes is empty; /],
      [{ scopes: ['EVERYTHING'] }, 'BAD_USER_INPUT', /scopes/],
      [{ scopes: ['ADMINISTER_INSTANCE'] }, 'INVALID_ARGUMENT', /^scopes has ADMINISTER_INSTANCE/],
      [{ site: 'never' }, 'SITE_NOT_FOUND', /never/],
      [{ expiresAt: '2001-01-01T00:00:00Z' }, 'INVALID_ARGUMENT', /^expiresAt is 2001-01-01/],
      [{ expiresAt: 'soon' }, 'BAD_USER_INPUT', /expiresAt/],
      [{ site: null, filter: { page: '/a' } }, 'INVALID_ARGUMENT', /^filter and range /],
      [{ scopes: ['READ', 'SEND'], range: { preset: 'TODAY' } }, 'INVALID_ARGUMENT', /^filter and range /],
      [{ filter: { page: 'a' } }, 'INVALID_PATH', /page/],
      [{ range: { from: '2024-02-30' } }, 'INVALID_ARGUMENT', /from/],
    ];
    for (const [input, code, named] of token) {
      const result = await administer(CREATE_TOKEN, { input: { ...read, ...input } });
      expect(codesOf(result), JSON.stringify(input)).toEqual([code]);
      expect(result.errors?.[0]?.message, JSON.stringify(input)).toMatch(named);
    }
    expect(codesOf(await administer(REVOKE, { id: 'never' }))).toEqual(['TOKEN_NOT_FOUND']);
    for (const first of [0, 501, -1]) {
      const listed = await administer('query ($first: Int) { auditLog(first: $first) { id } }', { first });
      expect(codesOf(listed)).toEqual(['INVALID_ARGUMENT']);
      expect(listed.errors?.[0]?.message).toMatch(/^first is /);
    }
    expect(await administer(EVERYTHING)).toEqual(before);
  });

  test('a site of the configuration is changed there, and not here', async () => {
    const { administer } = await start({ database });
    const before = await administer(EVERYTHING);
    for (const [document, input] of [[UPDATE, { name: 'Mine' }], [ARCHIVE], [DELETE]] as const) {
      const result = await administer(document, { id: 'blog', ...(input ? { input } : {}) });
      expect(codesOf(result)).toEqual(['SITE_DECLARED']);
      expect(result.errors?.[0]?.message).toMatch(/blog.* configuration/);
    }
    expect(await administer(EVERYTHING)).toEqual(before);
  });

  test('of many who want one name or one origin at once, one has it', async () => {
    const { administer } = await start({ database });
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, index) =>
        administer(CREATE, {
          input: {
            id: index < 5 ? 'shop' : `shop-${index}`,
            baseUrls: [index < 5 ? `https://${index}.example` : 'https://one.example'],
          },
        }),
      ),
    );
    expect(answers.slice(0, 5).map(codesOf).sort()).toEqual([[], ...Array(4).fill(['CONFLICT'])]);
    expect(answers.slice(5).map(codesOf).sort()).toEqual([[], ...Array(4).fill(['CONFLICT'])]);
    const { data } = await administer('{ administeredSites { id baseUrls } }');
    expect(data?.['administeredSites']).toHaveLength(3);
  });

  test('a token is shown once, tells when it was used, and is refused from the moment it is revoked', async () => {
    const { service, administer } = await start({ database, sites: { blog: { visibility: 'private' } } });
    const { secret, token } = await newToken(administer, {
      name: 'a reader',
      scopes: ['READ'],
      site: 'blog',
    });
    expect(secret).toMatch(/^oxi_[0-9a-f]{12}_[\w-]{43}$/);
    expect(secret.split('_')[1]).toBe(token['id']);
    expect(token).toMatchObject({ name: 'a reader', site: 'blog', scopes: ['READ'], lastUsedAt: null });
    expect(JSON.stringify(await administer(EVERYTHING))).not.toContain(secret.slice(17));

    const read = asker(service, secret);
    expect(await read('{ count }')).toEqual({ data: { count: 0 } });
    const used = async () => {
      const { data } = await administer('{ tokens { name lastUsedAt } }');
      return (data?.['tokens'] as { lastUsedAt: string | null }[])[0]?.lastUsedAt;
    };
    await expect.poll(used).toEqual(expect.any(String));
    expect(Math.abs(Date.parse(String(await used())) - Date.now())).toBeLessThan(120_000);

    expect(await administer(REVOKE, { id: token['id'] })).toEqual({
      data: { revokeToken: { name: 'a reader', revokedAt: expect.any(String) } },
    });
    const refused = await read('{ count }');
    expect(codesOf(refused)).toEqual(['INVALID_TOKEN']);
    expect(refused.errors?.[0]?.message).toMatch(/was revoked/);
    expect(
      (await fetch(`${service.url}/api/counts`, { headers: { authorization: `Bearer ${secret}` } })).status,
    ).toBe(401);
    // Again does nothing.
    expect(codesOf(await administer(REVOKE, { id: token['id'] }))).toEqual([]);
    const { data } = await administer('{ auditLog { action } }');
    const actions = (data?.['auditLog'] as { action: string }[]).map(({ action }) => action);
    expect(actions.filter((action) => action === 'TOKEN_REVOKED')).toHaveLength(1);
  });

  test('a token is good until it expires, and from then on refused', async () => {
    const { service, administer } = await start({ database });
    const expiresAt = new Date(Date.now() + 1_500).toISOString();
    const { secret } = await newToken(administer, { name: 'for now', scopes: ['READ'], expiresAt });
    const read = asker(service, secret);
    expect(await read('{ viewer { name expiresAt } }')).toEqual({
      data: { viewer: { name: 'for now', expiresAt } },
    });
    while (Date.now() < Date.parse(expiresAt)) await pass(50);
    const refused = await read('{ viewer { name } }');
    expect(codesOf(refused)).toEqual(['INVALID_TOKEN']);
    expect(refused.errors?.[0]?.message).toMatch(/expired/);
  });

  test('a link to share is made with a token that does nothing but read', async () => {
    const { service, administer } = await start({ database });
    const linkOf = async (input: Record<string, unknown>) => {
      const { link, secret } = await newToken(administer, { name: 'shared', ...input });
      return link?.replace(secret, 'SECRET') ?? null;
    };
    expect(await linkOf({ scopes: ['READ'], site: 'blog' })).toBe(`${service.url}/?site=blog#token=SECRET`);
    expect(await linkOf({ scopes: ['READ'], site: 'blog', filter: { page: '/a' } })).toBe(
      `${service.url}/?site=blog#token=SECRET`,
    );
    expect(await linkOf({ scopes: ['READ'] })).toBe(`${service.url}/#token=SECRET`);
    expect(await linkOf({ scopes: ['READ', 'SEND'], site: 'blog' })).toBeNull();
    expect(await linkOf({ scopes: ['ADMINISTER_SITE'], site: 'blog' })).toBeNull();
  });

  test('whoever administers one site does not reach beyond it', async () => {
    const { service, administer } = await start({ database });
    for (const id of ['shop', 'other']) {
      const origin = await trackedSite();
      await administer(CREATE, { input: { id, baseUrls: [origin.url], visibility: 'PRIVATE' } });
    }
    const { secret } = await newToken(administer, {
      name: 'keeper',
      scopes: ['ADMINISTER_SITE'],
      site: 'shop',
    });
    const others = await newToken(administer, { name: 'others', scopes: ['READ'], site: 'other' });
    const all = await newToken(administer, { name: 'all', scopes: ['READ'] });
    const keep = asker(service, secret);
    const before = await administer(EVERYTHING);

    const codes = async (document: string, variables: Record<string, unknown>) =>
      codesOf(await keep(document, variables));
    expect(await codes(CREATE, { input: { id: 'new', baseUrls: ['https://new.example'] } })).toEqual([
      'FORBIDDEN',
    ]);
    for (const id of ['other', 'never']) {
      expect(await codes(UPDATE, { id, input: { name: 'Mine' } })).toEqual(['SITE_NOT_FOUND']);
      expect(await codes(ARCHIVE, { id })).toEqual(['SITE_NOT_FOUND']);
      expect(await codes(DELETE, { id })).toEqual(['SITE_NOT_FOUND']);
      expect(await codes('query ($id: ID) { tokens(site: $id) { id } }', { id })).toEqual(['SITE_NOT_FOUND']);
      expect(await codes('query ($id: ID) { auditLog(site: $id) { id } }', { id })).toEqual([
        'SITE_NOT_FOUND',
      ]);
      const input = { name: 'mine', scopes: ['READ'], site: id };
      expect(await codes(CREATE_TOKEN, { input })).toEqual(['SITE_NOT_FOUND']);
    }
    for (const { token } of [others, all]) {
      expect(await codes(REVOKE, { id: token['id'] })).toEqual(['TOKEN_NOT_FOUND']);
    }
    expect(await codes(CREATE_TOKEN, { input: { name: 'mine', scopes: ['READ'] } })).toEqual(['FORBIDDEN']);
    const instance = { name: 'mine', scopes: ['ADMINISTER_INSTANCE'] };
    expect(await codes(CREATE_TOKEN, { input: instance })).toEqual(['FORBIDDEN']);
    expect(await codes(CREATE_TOKEN, { input: { ...instance, site: 'shop' } })).not.toEqual([]);
    expect(await administer(EVERYTHING)).toEqual(before);

    // What is theirs they do, and see.
    const helper = await newToken(keep, { name: 'helper', scopes: ['ADMINISTER_SITE'], site: 'shop' });
    const { data } = await keep('{ administeredSites { id } tokens { name } auditLog { site } }');
    expect(data).toMatchObject({
      administeredSites: [{ id: 'shop' }],
      tokens: [{ name: 'keeper' }, { name: 'helper' }],
    });
    expect(new Set((data?.['auditLog'] as { site: string }[]).map(({ site }) => site))).toEqual(
      new Set(['shop']),
    );
    expect(codesOf(await keep(REVOKE, { id: helper.token['id'] }))).toEqual([]);
    expect(codesOf(await keep(UPDATE, { id: 'shop', input: { name: 'Ours' } }))).toEqual([]);
    // With the site its tokens go, which are kept in memory for seconds.
    expect(codesOf(await keep(DELETE, { id: 'shop' }))).toEqual([]);
    await expect
      .poll(async () => codesOf(await keep('{ viewer { name } }')), { timeout: 10_000 })
      .toEqual(['INVALID_TOKEN']);
  });

  test('of ten that start at once on a new database without a token, one makes the first', async () => {
    const { url } = await database.create().then((own) => {
      onTestFinished(() => own.remove());
      return own;
    });
    const site = { blog: { baseUrls: ['https://blog.example'], callbackOrigin: 'https://blog.example' } };
    const services = await Promise.all(
      Array.from({ length: 10 }, () => startTestService({ databaseUrl: url, sites: site })),
    );
    const tokens = services.flatMap(({ service }) => service.firstToken ?? []);
    expect(tokens).toHaveLength(1);
    for (const service of services) {
      const { data } = await asker(service, tokens[0])('{ viewer { name scopes } tokens { name } }');
      expect(data).toEqual({
        viewer: { name: 'first token', scopes: ['ADMINISTER_INSTANCE'] },
        tokens: [{ name: 'first token' }],
      });
    }
    await Promise.all(services.map(({ stop }) => stop()));
    // It was shown; whoever lost it makes another with the command line.
    const again = await startTestService({ databaseUrl: url, sites: site });
    expect(again.service.firstToken).toBeNull();
    await again.stop();
  }, 60_000);
});
