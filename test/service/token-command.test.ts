import { expect, test } from 'vitest';
import { createOperator, type Operator } from '../support/command.ts';
import { ask, codesOf } from '../support/graphql.ts';

// A service that runs has seen a change after 5 seconds; the machine may be a busy one.
const SOON = { timeout: 20_000, interval: 100 };
const TOKEN = /oxi_[0-9a-f]{12}_[\w-]{43}/;

interface ListedToken {
  readonly id: string;
  readonly name: string;
  readonly state: string;
  readonly lastUsedAt: string | null;
}

const list = (operator: Operator, ...args: string[]) =>
  operator.json<ListedToken[]>('token', 'list', ...args);

/** A private site, and whoever runs it. */
async function withSite(env: NodeJS.ProcessEnv = {}): Promise<Operator> {
  const operator = await createOperator(env);
  await operator.command(
    ...['site', 'add', 'docs', '--base-url', 'https://docs.example', '--visibility', 'private'],
  );
  return operator;
}

/** Makes a token and gives it as a script would take it. */
async function create(operator: Operator, ...args: string[]): Promise<string> {
  const { exit, output, standardOutput } = await operator.command('token', 'create', ...args);
  if (exit !== 0) throw new Error(output);
  return standardOutput.trimEnd();
}

test('a token alone is on standard output, and what it is good for is said beside it', async () => {
  const operator = await withSite();
  const { exit, output, standardOutput } = await operator.command(
    ...['token', 'create', 'reports', '--scope', 'read', '--scope', 'send'],
    ...['--site', 'docs', '--expires', '30d'],
  );
  expect(exit).toBe(0);
  expect(standardOutput).toMatch(new RegExp(`^${TOKEN.source}\n$`));
  expect(output).toMatch(/Made the token reports \([0-9a-f]{12}\), for the site docs:/);
  expect(output).toMatch(/ {2}read: Read the figures.*\n {2}send: Send visits from a server/);
  expect(output).toMatch(
    /It expires on \d{4}-\d\d-\d\d \d\d:\d\d UTC\.\nThe token is shown this once: keep it/,
  );
});

test('a token is good at a service that runs, and within seconds after it is revoked no more', async () => {
  const operator = await withSite();
  const url = await operator.serve().url;
  const token = await create(operator, 'reports', '--scope', 'read', '--site', 'docs');
  const read = async () => {
    const headers = { authorization: `Bearer ${token}` };
    return (await fetch(`${url}/api/count?path=/a&site=docs`, { headers })).status;
  };
  expect(await read()).toBe(200);
  expect((await fetch(`${url}/api/count?path=/a&site=docs`)).status).toBe(404);
  await expect.poll(async () => (await list(operator, '--site', 'docs'))[0]?.lastUsedAt, SOON).not.toBeNull();

  const id = token.slice(4, 16);
  expect((await operator.command('token', 'revoke', id)).output).toMatch(
    new RegExp(`^The token reports \\(${id}\\) is good no more\\.`),
  );
  await expect.poll(read, SOON).toBe(401);
  expect((await operator.command('token', 'revoke', token)).exit).toBe(0);
});

test('a token that administers the instance does, though there is another', async () => {
  const operator = await createOperator();
  const url = await operator.serve().url;
  const authorization = `Bearer ${await create(operator, 'me', '--scope', 'administer-instance')}`;
  const created = await ask(
    url,
    'mutation { createSite(input: { id: "shop", baseUrls: ["https://shop.example"] }) { id } }',
    {},
    { authorization },
  );
  expect(created).toEqual({ data: { createSite: { id: 'shop' } } });
  expect((await list(operator)).map(({ name }) => name)).toEqual(['first token', 'me']);
});

test('a shared link opens one site, and only the visits and the range that it is for', async () => {
  const operator = await withSite({ OXICOUNT_BASE_URL: 'https://count.example' });
  const { exit, output, standardOutput } = await operator.command(
    ...['token', 'share', 'For Anna', '--site', 'docs', '--expires', '12h'],
    ...['--filter', 'country=DE', 'device=mobile', '--range', 'last-30-days'],
  );
  expect(exit).toBe(0);
  expect(standardOutput).toMatch(
    new RegExp(`^https://count\\.example/\\?site=docs#token=${TOKEN.source}\n$`),
  );
  expect(output).toMatch(/Only visits of country=DE device=mobile last-30-days\./);
  expect(output).not.toMatch(/on this machine only/);

  const url = await operator.serve({ OXICOUNT_BASE_URL: undefined }).url;
  const headers = { authorization: `Bearer ${TOKEN.exec(standardOutput)}` };
  const stats = (more: string) =>
    ask(url, `{ stats(site: "docs"${more}) { totals { visits } } }`, {}, headers);
  expect(await stats('')).toEqual({ data: { stats: { totals: { visits: 0 } } } });
  expect(codesOf(await stats(', filter: { country: "FR" }'))).toEqual(['FORBIDDEN']);
  expect(codesOf(await stats(', range: { preset: LAST_365_DAYS }'))).toEqual(['FORBIDDEN']);
});

test('a shared link leads to where the service listens until a base URL is set', async () => {
  const share = ['token', 'share', 'Anna', '--site', 'docs', '--range', '2026-01-01/2026-01-31'];
  const operator = await withSite({ OXICOUNT_SOCKET_ADDRESS: '0.0.0.0:9000' });
  const { output, standardOutput } = await operator.command(...share);
  expect(standardOutput).toMatch(/^http:\/\/localhost:9000\/\?site=docs#token=oxi_/);
  expect(output).toMatch(/Only visits of 2026-01-01\/2026-01-31\./);
  expect(output).toMatch(/It opens on this machine only, until base_url is set/);

  const unknown = await withSite({ OXICOUNT_SOCKET_ADDRESS: '127.0.0.1:0' });
  const refused = await unknown.command(...share);
  expect([refused.exit, refused.output]).toEqual([1, expect.stringMatching(/Set base_url/)]);
  expect(await list(unknown)).toEqual([]);
});

test('the list tells tokens from each other, and has no secret', async () => {
  const operator = await withSite();
  const { command } = operator;
  expect((await command('token', 'list')).output).toMatch(/There is no token\. oxicount token create/);
  const first = await create(operator, 'all of it', '--scope', 'read');
  await create(operator, 'renderer', '--scope', 'send', '--site', 'docs', '--expires', '2999-01-31');
  await create(
    operator,
    ...['Berlin', '--scope', 'read', '--site', 'docs', '--filter', 'entry-page=/a', '--range', 'today'],
  );
  await command('token', 'revoke', first.slice(4, 16));
  expect(await operator.json('token', 'list')).toMatchObject([
    { id: first.slice(4, 16), name: 'all of it', scopes: ['read'], site: null, state: 'revoked' },
    {
      name: 'renderer',
      scopes: ['send'],
      site: 'docs',
      expiresAt: '2999-01-31T00:00:00.000Z',
      state: 'good',
    },
    { name: 'Berlin', filter: ['entry-page=/a'], range: 'today', lastUsedAt: null, expiresAt: null },
  ]);
  expect((await list(operator, '--site', 'docs')).map(({ name }) => name)).toEqual(['renderer', 'Berlin']);
  const { output } = await command('token', 'list');
  expect(output).toMatch(/^ID +NAME +SCOPES +SITE +ONLY +EXPIRES +LAST USED +STATE\n/);
  expect(output).toMatch(/ renderer +send +docs +everything +2999-01-31 00:00 UTC +never +good\n/);
  expect(output).toMatch(/ Berlin +read +docs +entry-page=\/a today +never +never +good\n/);
  expect(output).not.toContain(first.slice(17));
});

test.each([
  ['create x', /--scope.*not specified/],
  ['create x --scope write', /--scope.*'write' is invalid.*read, send, administer-site, administer-instance/],
  ['create x --scope read --expires soon', /--expires.*'soon' is invalid.*30d or 12h, or a day to come/],
  ['create x --scope read --expires 2020-01-01', /--expires.*'2020-01-01' is invalid/],
  ['create x --scope read --expires 2027-02-30', /--expires.*'2027-02-30' is invalid/],
  ['create x --scope read --site nobody', /There is no site "nobody"; there is: docs\./],
  ['create x --scope read --filter country=DE', /--filter and --range are for a token that reads one site/],
  ['create x --scope read send --site docs --range today', /give --site, and --scope read alone/],
  ['create x --scope administer-instance --site docs', /leave out --site/],
  ['share x', /--site.*not specified/],
  ['share x --site docs --filter country', /--filter.*'country' is invalid.*such as country=DE/],
  ['share x --site docs --filter colour=red', /--filter.*one of page, entry-page, referrer/],
  ['share x --site docs --filter country=DE country=FR', /--filter.*There is one for country already/],
  ['share x --site docs --range ever', /--range.*'ever' is invalid.*last-30-days.*2026-11-01\/2026-11-30/],
  ['share x --site docs --range 2026-02-01/2026-01-01', /range\.from is 2026-02-01; it must not be after/],
  ['revoke 000000000000', /There is no token "000000000000"/],
  ['list --site nobody', /There is no site "nobody"/],
])('token %s is refused in a line that says why, and nothing is made', async (args, reason) => {
  const operator = await withSite();
  const { exit, output, standardOutput } = await operator.command('token', ...args.split(' '));
  expect([exit, standardOutput]).toEqual([1, '']);
  expect(output.split('\n')[0]).toMatch(reason);
  expect(output).not.toMatch(/^\s+at .*:\d+/m);
  expect(await list(operator)).toEqual([]);
});
