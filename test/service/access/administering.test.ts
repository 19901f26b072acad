import { expect, test } from 'vitest';
import { schema } from '../../../server/graphql/schema.ts';
import { ask, codesOf, type Result } from '../../support/graphql.ts';
import { REACH } from './reach.ts';
import {
  anonymous,
  bearer,
  CALLERS,
  type CallerName,
  originOf,
  REFUSED,
  SITES,
  type SiteName,
  startWorld,
  type World,
} from './world.ts';

const THERE = SITES.filter((site) => site !== 'absent');
const INSTANCE: readonly CallerName[] = ['ADMINISTER_INSTANCE', 'admin_token'];

/** Who administers which sites; whoever is not here administers none. */
const ADMINISTERED: Partial<Record<CallerName, readonly SiteName[]>> = {
  ADMINISTER_SITE: ['closed'],
  'ADMINISTER_SITE of shut': ['shut'],
  'ADMINISTER_SITE of archived': ['archived'],
  'ADMINISTER_SITE of all': THERE,
  ADMINISTER_INSTANCE: THERE,
  admin_token: THERE,
};

const isRefused = (caller: CallerName) => REFUSED.some((refused) => refused === caller);

/** Whether somebody may do what is for those who administer the site, or the code that refuses it. */
function verdictOf(caller: CallerName, site: SiteName): 'done' | string {
  if (isRefused(caller)) return 'INVALID_TOKEN';
  // Nobody without a token is told whether there is such a site, whatever site it is.
  if (caller === 'nobody') return 'FORBIDDEN';
  if (ADMINISTERED[caller]?.includes(site)) return 'done';
  return REACH[caller][site] === 'none' ? 'SITE_NOT_FOUND' : 'FORBIDDEN';
}

/** As above, for what is of no site in particular. */
function verdictOfAny(caller: CallerName): 'done' | string {
  if (isRefused(caller)) return 'INVALID_TOKEN';
  return ADMINISTERED[caller] ? 'done' : 'FORBIDDEN';
}

/** As above, for what is of the whole instance. */
function verdictOfInstance(caller: CallerName): 'done' | string {
  if (isRefused(caller)) return 'INVALID_TOKEN';
  return INSTANCE.includes(caller) ? 'done' : 'FORBIDDEN';
}

const verdictIn = (result: Result) => codesOf(result)[0] ?? 'done';

/** Mutations of the site `$site`, which change nothing where they are allowed but what is said. */
const OF_SITE: Readonly<Record<string, string>> = {
  updateSite: 'updateSite(id: $site, input: { name: "Taken over", visibility: PUBLIC }) { id }',
  archiveSite: 'archiveSite(id: $site) { id }',
  restoreSite: 'restoreSite(id: $site) { id }',
  deleteSite: 'deleteSite(id: $site) { rows }',
  createToken: 'createToken(input: { name: "mine", scopes: [READ], site: $site }) { secret }',
  createWebhook: 'createWebhook(site: $site, input: { url: "https://hooks.example/" }) { secret }',
  updateWebhook: 'updateWebhook(site: $site, id: "0", input: { paused: true }) { id }',
  rotateWebhookSecret: 'rotateWebhookSecret(site: $site, id: "0") { secret }',
  testWebhook: 'testWebhook(site: $site, id: "0") { id }',
  deleteWebhook: 'deleteWebhook(site: $site, id: "0") { id }',
};

/** Mutations of the whole instance. */
const OF_INSTANCE: Readonly<Record<string, string>> = {
  createSite: 'createSite(input: { id: "mine", baseUrls: ["https://mine.example"] }) { id }',
  createToken: 'createToken(input: { name: "mine", scopes: [READ] }) { secret }',
};

/** What readers do, who have no token: routes.test.ts and the tables of votes below hold it to its rules. */
const OF_READERS = ['pageLeft', 'postSleep', 'register', 'resetVote', 'vote'];

test('every mutation is in a table', () => {
  const mutations = Object.keys(schema.getMutationType()?.getFields() ?? {});
  expect(mutations.sort()).toEqual(
    [...new Set([...Object.keys(OF_SITE), ...Object.keys(OF_INSTANCE), 'revokeToken', ...OF_READERS])].sort(),
  );
});

async function change(world: World, caller: CallerName, field: string, site: SiteName) {
  const document = field.includes('$site') ? `mutation ($site: ID!) { ${field} }` : `mutation { ${field} }`;
  return ask(world.url, document, { site }, bearer(world.tokens[caller]));
}

test('sites are changed by nobody but those who administer them, and a refusal changes nothing', {
  timeout: 120_000,
}, async () => {
  const world = await startWorld();
  const before = world.rows();
  for (const caller of CALLERS) {
    for (const [name, field] of Object.entries(OF_SITE)) {
      const refusals = new Map<SiteName, Result>();
      for (const site of SITES) {
        const verdict = verdictOf(caller, site);
        if (verdict === 'done') continue;
        const result = await change(world, caller, field, site);
        refusals.set(site, result);
        expect(verdictIn(result), `${name} of ${site} for ${caller}`).toBe(verdict);
        for (const secret of world.callbackOrigins) expect(JSON.stringify(result)).not.toContain(secret);
      }
      for (const [site, refusal] of refusals) {
        if (REACH[caller][site] !== 'none') continue;
        const absent = anonymous(refusals.get('absent'), 'absent');
        expect(anonymous(refusal, site), `${name} of ${site} for ${caller}`).toEqual(absent);
      }
    }
    for (const [name, field] of Object.entries(OF_INSTANCE)) {
      const verdict = verdictOfInstance(caller);
      if (verdict === 'done') continue;
      expect(verdictIn(await change(world, caller, field, 'absent')), `${name} for ${caller}`).toBe(verdict);
    }
    expect(world.rows(), caller).toEqual(before);
  }
});

test('everything of a site is exported for those who administer it, and for nobody else', {
  timeout: 120_000,
}, async () => {
  const world = await startWorld();
  for (const caller of CALLERS) {
    for (const site of SITES) {
      // Nothing of a site whose rows are being removed is whole.
      const isGoing = site === 'deleted' && verdictOf(caller, site) === 'done';
      const verdict = isGoing ? 'SITE_NOT_FOUND' : verdictOf(caller, site);
      const headers = bearer(world.tokens[caller]);
      for (const method of ['GET', 'HEAD']) {
        const answer = await fetch(`${world.url}/api/export?site=${site}`, { headers, method });
        const where = `${site} for ${caller}`;
        expect(answer.headers.get('oxicount-error') ?? 'done', where).toBe(verdict);
        const body = await answer.text();
        const told = verdict === 'done' && method === 'GET';
        expect(body.includes('"type":"visit"'), where).toBe(told);
        if (!told) for (const secret of world.callbackOrigins) expect(body, where).not.toContain(secret);
      }
    }
  }
});

test('those who administer a site may do everything to it that its declaration leaves to them', {
  timeout: 120_000,
}, async () => {
  for (const caller of Object.keys(ADMINISTERED) as CallerName[]) {
    const world = await startWorld();
    for (const site of ADMINISTERED[caller] ?? []) {
      const verdicts: string[] = [];
      for (const field of Object.values(OF_SITE)) {
        verdicts.push(verdictIn(await change(world, caller, field, site)) as string);
      }
      const declared = !['archived', 'deleted'].includes(site);
      // What is being deleted cannot come back; what is active is restored by doing nothing.
      const restored = site === 'deleted' ? 'CONFLICT' : 'done';
      const last = declared ? 'done' : 'SITE_NOT_FOUND';
      const refused = declared ? 'SITE_DECLARED' : 'done';
      const none = declared ? 'WEBHOOK_NOT_FOUND' : 'SITE_NOT_FOUND';
      const ofWebhooks = [last, none, none, none, none];
      const all = [refused, refused, restored, refused, last, ...ofWebhooks];
      expect(verdicts, `${site} for ${caller}`).toEqual(all);
    }
    for (const field of Object.values(OF_INSTANCE)) {
      expect(verdictIn(await change(world, caller, field, 'absent')), caller).toBe(verdictOfInstance(caller));
    }
  }
});

test('tokens are revoked by nobody but those who administer what they are for', {
  timeout: 120_000,
}, async () => {
  const world = await startWorld();
  const before = world.rows();
  const siteOf = (name: CallerName): SiteName | null => {
    if (name.endsWith('of all') || name === 'ADMINISTER_INSTANCE' || name === 'a revoked token') return null;
    const [, site] = / of (shut|archived)$/.exec(name) ?? [];
    return (site as SiteName | undefined) ?? 'closed';
  };
  const kept = CALLERS.filter((name) => world.tokens[name]?.startsWith('oxi_') && name !== 'a made-up token');
  for (const caller of CALLERS) {
    for (const name of kept) {
      const site = siteOf(name);
      const own = site === null ? INSTANCE.includes(caller) : ADMINISTERED[caller]?.includes(site);
      const verdict =
        verdictOfAny(caller) === 'done' ? (own ? 'done' : 'TOKEN_NOT_FOUND') : verdictOfAny(caller);
      if (verdict === 'done') continue;
      const id = world.tokens[name]?.split('_')[1];
      const result = await ask(
        world.url,
        'mutation ($id: ID!) { revokeToken(id: $id) { name } }',
        { id },
        bearer(world.tokens[caller]),
      );
      expect(verdictIn(result), `${name} by ${caller}`).toBe(verdict);
    }
  }
  expect(world.rows()).toEqual(before);
});

test('what is administered is listed for those who administer it, and for nobody else', {
  timeout: 120_000,
}, async () => {
  const world = await startWorld();
  for (const caller of CALLERS) {
    const own = ADMINISTERED[caller] ?? [];
    const list = async (document: string) => {
      const result = await ask(world.url, document, {}, bearer(world.tokens[caller]));
      expect(verdictIn(result), `${document} for ${caller}`).toBe(verdictOfAny(caller));
      if (result.errors) {
        for (const secret of world.callbackOrigins) expect(JSON.stringify(result)).not.toContain(secret);
      }
      return Object.values(result.data ?? {})[0] as Record<string, unknown>[] | undefined;
    };
    const sites = await list('{ administeredSites { id callbackOrigin } }');
    expect(sites?.map(({ id }) => id) ?? []).toEqual(own);
    const ofOwn = (site: unknown) => INSTANCE.includes(caller) || own.some((candidate) => candidate === site);
    const tokens = (await list('{ tokens { name site } }')) ?? [];
    const all = CALLERS.filter(
      (name) => world.tokens[name]?.startsWith('oxi_') && name !== 'a made-up token',
    );
    expect(
      tokens.every(({ site }) => ofOwn(site)),
      caller,
    ).toBe(true);
    if (INSTANCE.includes(caller)) expect(tokens.map(({ name }) => name)).toEqual(all);
    else if (own.length === THERE.length) {
      expect(tokens.map(({ site }) => site)).not.toContain(null);
      expect(tokens).toHaveLength(all.length - 4);
    } else if (own.length > 0) expect(tokens.length).toBeGreaterThan(0);
    const entries = (await list('{ auditLog(first: 500) { site token } }')) ?? [];
    expect(
      entries.every(({ site }) => ofOwn(site)),
      caller,
    ).toBe(true);
    expect(entries.length > 0, caller).toBe(own.length > 0);
  }
});

const OF_ADMINISTRATORS = [
  'tokens(site: $site) { name site }',
  'auditLog(site: $site) { site actor token }',
  'webhooks(site: $site) { id url }',
  'webhookDeliveries(site: $site, id: "0") { id }',
];

test('tokens, webhooks and audit entries of a site are for those who administer it', {
  timeout: 120_000,
}, async () => {
  const world = await startWorld();
  for (const caller of CALLERS) {
    for (const field of OF_ADMINISTRATORS) {
      const refusals = new Map<SiteName, Result>();
      for (const site of SITES) {
        const where = `${field} of ${site} for ${caller}`;
        const result = await ask(
          world.url,
          `query ($site: ID!) { ${field} }`,
          { site },
          bearer(world.tokens[caller]),
        );
        const verdict = verdictOf(caller, site);
        const none = field.startsWith('webhookDeliveries') ? 'WEBHOOK_NOT_FOUND' : 'done';
        expect(verdictIn(result), where).toBe(verdict === 'done' ? none : verdict);
        if (verdict !== 'done') refusals.set(site, result);
        else if (none === 'done') {
          const [list] = Object.values(result.data ?? {}) as { site: string }[][];
          expect(
            list?.map((entry) => entry.site).filter((other) => other !== site),
            where,
          ).toEqual([]);
        }
      }
      for (const [site, refusal] of refusals) {
        if (REACH[caller][site] !== 'none') continue;
        const absent = anonymous(refusals.get('absent'), 'absent');
        expect(anonymous(refusal, site), `${field} of ${site} for ${caller}`).toEqual(absent);
      }
    }
  }
});

test('whoever asks is told what their own token says, and nothing of any other', async () => {
  const world = await startWorld();
  for (const caller of CALLERS) {
    const result = await ask(
      world.url,
      '{ viewer { name scopes site expiresAt filter { dimension value } range { preset from to } } }',
      {},
      bearer(world.tokens[caller]),
    );
    if (isRefused(caller)) expect(codesOf(result), caller).toEqual(['INVALID_TOKEN']);
    else if (caller === 'nobody') expect(result).toEqual({ data: { viewer: null } });
    else {
      const [scope = '', site] = caller.split(' of ');
      const link = caller.startsWith('a link');
      expect(result, caller).toEqual({
        data: {
          viewer: {
            name: caller,
            scopes: [link ? 'READ' : scope === 'admin_token' ? 'ADMINISTER_INSTANCE' : scope],
            site: INSTANCE.includes(caller) || site === 'all' ? null : (site ?? 'closed'),
            expiresAt: null,
            filter: caller === 'a link to /a' ? [{ dimension: 'PAGE', value: '/a' }] : [],
            range: caller === 'a link to today' ? { preset: 'TODAY', from: null, to: null } : null,
          },
        },
      });
    }
  }
});

test('a site of readers takes their votes, and tells what they come to only to who may read it', {
  timeout: 120_000,
}, async () => {
  const world = await startWorld();
  const browser = {
    'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:133.0) Gecko/20100101 Firefox/133.0',
    'accept-language': 'en',
  };
  for (const site of THERE) {
    const headers = { ...browser, origin: originOf(site) };
    const response = await fetch(`${world.url}/register?path=/a`, { headers });
    if (response.ok) await fetch(`${world.url}/post-sleep/${await response.json()}`, { headers });
  }
  for (const caller of CALLERS) {
    for (const site of SITES) {
      for (const field of ['vote(path: "/a", vote: UP) { up }', 'resetVote(path: "/a") { up }']) {
        const headers = { ...browser, ...bearer(world.tokens[caller]), origin: originOf(site) };
        const result = await ask(world.url, `mutation { ${field} }`, {}, headers);
        const where = `${field} of ${site} for ${caller}`;
        const reach = REACH[caller][site];
        const gone = ['archived', 'deleted', 'absent'].includes(site);
        if (gone) expect(codesOf(result), where).toEqual(['ORIGIN_NOT_ALLOWED']);
        else if (reach === 'wrong token') expect(codesOf(result), where).toEqual(['INVALID_TOKEN']);
        else {
          const unseen = reach === 'none' || reach === 'link to range';
          const up = field.startsWith('vote') ? 1 : 0;
          expect(Object.values(result.data ?? {}), where).toEqual([unseen ? null : { up }]);
        }
      }
    }
  }
});
