import { onTestFinished } from 'vitest';
import { ask } from '../../support/graphql.ts';
import { startTestService, type TestService } from '../../support/service.ts';
import { openFile } from '../../support/sqlite.ts';
import { startTrackedSite, type TrackedSite } from '../../support/tracked-site.ts';

const ADMIN_TOKEN = 'may-do-everything-there-is';
const PATHS = ['/a', '/b'];

/** Sites as they can be. Those that are gone were public, so that whatever is told of them is told to everybody. */
export const SITES = ['open', 'closed', 'shut', 'pages', 'figures', 'archived', 'deleted', 'absent'] as const;
export type SiteName = (typeof SITES)[number];

/** Whoever can ask. Tokens are for the site `closed` where their name does not say something else. */
export const CALLERS = [
  'nobody',
  'a wrong secret',
  'a made-up token',
  'no token of ours',
  'an expired token',
  'a revoked token',
  'READ',
  'READ of shut',
  'READ of all',
  'SEND',
  'ADMINISTER_SITE',
  'ADMINISTER_SITE of shut',
  'ADMINISTER_SITE of archived',
  'ADMINISTER_SITE of all',
  'ADMINISTER_INSTANCE',
  'admin_token',
  'a link to /a',
  'a link to today',
] as const;
export type CallerName = (typeof CALLERS)[number];

/** Callers whose token is none, whatever it was to be good for. */
export const REFUSED = [
  'a wrong secret',
  'a made-up token',
  'no token of ours',
  'an expired token',
  'a revoked token',
] as const satisfies readonly CallerName[];
export type WrongCaller = (typeof REFUSED)[number];

/** An instance with all kinds of sites, on each of which `/a` and `/b` were visited once. */
export interface World {
  readonly service: TestService;
  readonly url: string;
  /** What is sent as a token; undefined for none. */
  readonly tokens: Readonly<Record<CallerName, string | undefined>>;
  /** Where the instance asks for pages of the sites: internal addresses, which are not those that readers know. */
  readonly callbackOrigins: readonly string[];
  /** A visit of `/a` of each site that has begun and did not count yet. */
  readonly begun: Readonly<Record<string, string>>;
  /** All rows of the database, but for when tokens were used last. */
  rows(): Readonly<Record<string, readonly unknown[]>>;
}

export function bearer(token: string | undefined): Record<string, string> {
  return token === undefined ? {} : { authorization: `Bearer ${token}` };
}

/** The origin that readers know a site by. */
export const originOf = (site: string) => `https://${site}.example`;

const servedFrom = (site: string) => ({ baseUrls: [originOf(site)] });

export async function startWorld(): Promise<World> {
  const service = await startTestService({
    adminToken: ADMIN_TOKEN,
    sites: {
      open: servedFrom('open'),
      closed: { ...servedFrom('closed'), visibility: 'private' },
      shut: { ...servedFrom('shut'), visibility: 'private' },
      pages: { ...servedFrom('pages'), visibility: 'selected', publicPages: ['/a'] },
      figures: { ...servedFrom('figures'), visibility: 'selected', publicFigures: ['COUNTS', 'VOTES'] },
    },
  });
  const { url } = service;
  const file = openFile(service.databaseUrl.slice('file:'.length));
  onTestFinished(() => void file.close());
  const administer = async (document: string, variables: Record<string, unknown>) => {
    const { data, errors } = await ask(url, document, variables, bearer(ADMIN_TOKEN));
    if (errors) throw new Error(JSON.stringify(errors));
    return data ?? {};
  };

  const tracked: Record<string, TrackedSite> = { ...service.sites };
  for (const id of ['archived', 'deleted']) {
    const site = await startTrackedSite(PATHS);
    onTestFinished(() => site.close());
    tracked[id] = site;
    const input = { id, ...servedFrom(id), callbackOrigin: site.url, minDelaySecs: 0, visibility: 'PUBLIC' };
    await administer('mutation ($input: SiteInput!) { createSite(input: $input) { id } }', { input });
  }
  const begun: Record<string, string> = {};
  for (const site of Object.keys(tracked)) {
    for (const path of PATHS) await service.visit(path, { site });
    begun[site] = await service.register('/a', site);
  }

  const create = async (name: CallerName, input: Record<string, unknown>) => {
    const document = 'mutation ($input: TokenInput!) { createToken(input: $input) { secret } }';
    const { createToken } = await administer(document, { input: { site: 'closed', ...input, name } });
    return (createToken as { secret: string }).secret;
  };
  const prefixOf = (token: string) => token.split('_')[1] ?? '';
  const read = { scopes: ['READ'] };
  const tokens: Record<CallerName, string | undefined> = {
    nobody: undefined,
    'a wrong secret': `${(await create('a wrong secret', read)).slice(0, -8)}AAAAAAAA`,
    'a made-up token': `oxi_0123456789ab_${'A'.repeat(43)}`,
    'no token of ours': 'was-never-a-token',
    'an expired token': await create('an expired token', { scopes: ['ADMINISTER_SITE'] }),
    'a revoked token': await create('a revoked token', { scopes: ['ADMINISTER_INSTANCE'], site: null }),
    READ: await create('READ', read),
    'READ of shut': await create('READ of shut', { ...read, site: 'shut' }),
    'READ of all': await create('READ of all', { ...read, site: null }),
    SEND: await create('SEND', { scopes: ['SEND'] }),
    ADMINISTER_SITE: await create('ADMINISTER_SITE', { scopes: ['ADMINISTER_SITE'] }),
    'ADMINISTER_SITE of shut': await create('ADMINISTER_SITE of shut', {
      scopes: ['ADMINISTER_SITE'],
      site: 'shut',
    }),
    'ADMINISTER_SITE of archived': await create('ADMINISTER_SITE of archived', {
      scopes: ['ADMINISTER_SITE'],
      site: 'archived',
    }),
    'ADMINISTER_SITE of all': await create('ADMINISTER_SITE of all', {
      scopes: ['ADMINISTER_SITE'],
      site: null,
    }),
    ADMINISTER_INSTANCE: await create('ADMINISTER_INSTANCE', { scopes: ['ADMINISTER_INSTANCE'], site: null }),
    admin_token: ADMIN_TOKEN,
    'a link to /a': await create('a link to /a', { ...read, filter: { page: '/a' } }),
    'a link to today': await create('a link to today', { ...read, range: { preset: 'TODAY' } }),
  };
  await administer('mutation ($id: ID!) { revokeToken(id: $id) { id } }', {
    id: prefixOf(tokens['a revoked token'] ?? ''),
  });
  file
    .prepare('UPDATE oxi_tokens SET expires_at = 1 WHERE prefix = ?')
    .run(prefixOf(tokens['an expired token'] ?? ''));
  // As it is while its rows are being removed, by a process that does not get on with it.
  file.prepare('UPDATE oxi_sites SET archived_at = 1, deleted_at = 1 WHERE slug = ?').run('deleted');
  file.prepare('DELETE FROM oxi_jobs').run();
  for (const job of ['deletion', 'roll-ups', 'retention', 'alerts', 'webhooks']) {
    file.prepare('INSERT INTO oxi_jobs (name, leased_until) VALUES (?, ?)').run(job, 9e15);
  }
  await administer('mutation { archiveSite(id: "archived") { id } }', {});

  const tables = file
    .prepare("SELECT name FROM sqlite_master WHERE type = 'table' AND name LIKE 'oxi!_%' ESCAPE '!'")
    .all() as { name: string }[];
  return {
    service,
    url,
    tokens,
    callbackOrigins: Object.values(tracked).map((site) => site.url),
    begun,
    rows: () =>
      Object.fromEntries(
        tables.map(({ name }) => [
          name,
          file
            .prepare(`SELECT * FROM ${name}`)
            .all()
            .map((row) => ({ ...(row as object), last_used_at: null })),
        ]),
      ),
  };
}

/** The same refusal of any site, so that those of two can be compared to the letter. */
export function anonymous<T>(answer: T, site: string): T {
  return JSON.parse(JSON.stringify(answer).replaceAll(site, 'SITE')) as T;
}
