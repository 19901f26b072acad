import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { describe, expect, onTestFinished, test } from 'vitest';
import { operator } from '../../domain/access.ts';
import { DAY_MS } from '../../domain/day.ts';
import type { SiteDeclaration } from '../../domain/site.ts';
import type { TokenInput } from '../../domain/tokens.ts';
import { blog, createWorld, nobody } from '../../domain/world.testing.ts';
import { createRefusals } from '../../refusals.ts';
import { createCallerOf } from '../caller.ts';
import { createRequestIds } from '../request-id.ts';
import { createHttpServer } from '../server.ts';

interface Entry {
  readonly id: string;
  readonly title: string;
  readonly updated: string;
  readonly link: Readonly<Record<string, string>>;
  readonly summary: { readonly '#text': string; readonly '@type': string };
}
interface Feed extends Omit<Entry, 'link' | 'summary'> {
  readonly author: { readonly name: string };
  readonly link: readonly Readonly<Record<string, string>>[];
  readonly entry?: readonly Entry[];
}

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  parseTagValue: false,
  htmlEntities: false,
  isArray: (name, path) => name === 'entry' || path === 'feed.link',
});

function parsed(xml: string): Feed {
  expect(XMLValidator.validate(xml)).toBe(true);
  // Which parsers that take it anyway do not see.
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
  expect(xml).not.toMatch(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/);
  return (parser.parse(xml) as { feed: Feed }).feed;
}

const silent = { debug() {}, info() {}, warn() {}, error() {} };

interface Start {
  readonly site?: Partial<SiteDeclaration>;
  readonly baseUrl?: string;
}

async function start({ site = {}, baseUrl = 'https://count.example' }: Start = {}) {
  const world = await createWorld({ sites: [{ ...blog, ...site }] });
  const app = await createHttpServer({
    domain: world.domain,
    log: silent as never,
    refusals: createRefusals({ log: silent as never, ping: async () => {} }),
    baseUrl,
    callerOf: createCallerOf({ trustedProxies: [], countryHeader: null }),
    requestIdOf: createRequestIds(() => false),
  });
  onTestFinished(() => app.close());
  const get = async (query = '', headers: Record<string, string> = {}) =>
    app.inject({ url: `/digest.atom${query}`, headers });
  return {
    ...world,
    get,
    feed: async (query = '') => parsed((await get(query)).body),
    tokenFor: async (input: Partial<TokenInput> = {}) => {
      const given = { name: 'feed', scopes: ['READ'], site: 'blog', ...input } as const;
      return (await world.domain.tokens.create(given, operator)).text;
    },
  };
}

describe('the feed of digests', () => {
  test('has a day an hour after its end, newest first, and nothing before the first visit', async () => {
    const { feed, visit, clock } = await start();
    expect((await feed()).entry).toBeUndefined();
    await visit('/a');
    expect((await feed()).entry).toBeUndefined();
    clock.pass(DAY_MS);
    await visit('/a');
    await visit('/b');
    clock.pass(DAY_MS);
    const { entry = [], updated, author } = await feed();
    expect(entry.map(({ title }) => title)).toEqual([
      'Saturday, 2 March 2024: 2 visits',
      'Friday, 1 March 2024: 1 visit',
    ]);
    expect(entry.map((one) => one.updated)).toEqual(['2024-03-03T00:00:00.000Z', '2024-03-02T00:00:00.000Z']);
    expect(updated).toBe(entry[0]?.updated);
    expect(author.name).toBe('Blog');
    expect(entry[0]?.summary['@type']).toBe('html');
    expect(entry[0]?.summary['#text']).toBe(
      '<p>2 visits (1 before), 2 views, 1 visitor, 1 returning.</p>' +
        '<h3>Pages</h3><ol>' +
        '<li><a href="https://count.example/stats?path=%2Fa&amp;site=blog">/a</a>: 1 visit</li>' +
        '<li><a href="https://count.example/stats?path=%2Fb&amp;site=blog">/b</a>: 1 visit</li></ol>',
    );
  });

  test('goes back fourteen days, or eight weeks', async () => {
    const { feed, visit, clock } = await start();
    for (let day = 0; day < 70; day += 1) {
      await visit('/a');
      clock.pass(DAY_MS);
    }
    const daily = (await feed()).entry ?? [];
    const weekly = (await feed('?period=weekly')).entry ?? [];
    expect([daily.length, weekly.length]).toEqual([14, 8]);
    expect(weekly[0]?.title).toBe('29 April – 5 May 2024: 7 visits');
    expect(weekly[0]?.id).toBe('tag:count.example,2026:digest/blog/weekly/2024-04-29');
    expect(new Set([...daily, ...weekly].map(({ id }) => id)).size).toBe(22);
  });

  test('keeps its ids when its entries move on, and links to itself and to the dashboard', async () => {
    const { feed, visit, clock } = await start({ baseUrl: 'https://example.org/count' });
    await visit('/a');
    clock.pass(DAY_MS);
    const before = await feed();
    clock.pass(DAY_MS);
    const after = await feed();
    expect(before.id).toBe('tag:example.org,2026:count/digest/blog/daily');
    expect(after.id).toBe(before.id);
    expect(after.entry?.[1]).toEqual(before.entry?.[0]);
    expect(before.entry?.[0]).toMatchObject({
      id: 'tag:example.org,2026:count/digest/blog/daily/2024-03-01',
      link: {
        '@rel': 'alternate',
        '@href': 'https://example.org/count/?site=blog&range=2024-03-01%2F2024-03-01',
      },
    });
    expect(before.link.map((link) => [link['@rel'], link['@href']])).toEqual([
      ['alternate', 'https://example.org/count/?site=blog'],
      ['self', 'https://example.org/count/digest.atom?site=blog&period=daily'],
    ]);
  });

  test('holds whatever a site is called and whatever its pages are, as text', async () => {
    const name = `<b>"A" & 'B'</b> ]]> \u0001\uD800\uFFFE 😀`;
    const { feed, visit, clock } = await start({ site: { name } });
    await visit(`/a&b'c`);
    clock.pass(DAY_MS);
    const { title, author, entry } = await feed();
    expect(author.name).toBe(`<b>"A" & 'B'</b> ]]> \uFFFD\uFFFD\uFFFD 😀`);
    expect(title).toBe(`${author.name}: daily digest`);
    expect(entry?.[0]?.summary['#text']).toContain(`site=blog">/a&amp;b'c</a>: 1 visit`);
  });

  test('is not sent again before it changes', async () => {
    const { get, visit, clock } = await start();
    await visit('/a');
    const first = await get();
    expect(first.headers).toMatchObject({
      'content-type': 'application/atom+xml; charset=utf-8',
      'cache-control': 'public, max-age=300, stale-while-revalidate=3600',
      vary: 'authorization',
    });
    const etag = String(first.headers.etag);
    const again = await get('', { 'if-none-match': `W/${etag}` });
    expect([again.statusCode, again.body, again.headers.etag]).toEqual([304, '', etag]);
    clock.pass(DAY_MS);
    expect((await get('', { 'if-none-match': etag })).statusCode).toBe(200);
  });

  test.each([
    ['?period=hourly', 'INVALID_ARGUMENT', /^period is "hourly"; it must be one of daily, weekly\.$/],
    ['?period=daily&period=weekly', 'INVALID_ARGUMENT', /^The parameter period is given more than once/],
    ['?site=nope', 'SITE_NOT_FOUND', /nope/],
  ])('refuses %s', async (query, code, message) => {
    const { get } = await start();
    const { headers, body } = await get(query);
    expect([headers['oxicount-error'], headers['cache-control']]).toEqual([code, 'no-store']);
    expect(body).toMatch(message);
  });
});

describe('the feed of a private site', () => {
  const site = { visibility: 'private' } as const;

  test('is for a token, in the address or the header, which is in no answer and in no shared cache', async () => {
    const { get, visit, clock, tokenFor } = await start({ site });
    await visit('/a');
    clock.pass(DAY_MS);
    const token = await tokenFor();
    expect((await get('?site=blog')).headers['oxicount-error']).toBe('SITE_NOT_FOUND');
    const inAddress = await get(`?site=blog&token=${token}`);
    const inHeader = await get('?site=blog', { authorization: `Bearer ${token}` });
    for (const { body, headers } of [inAddress, inHeader]) {
      expect(parsed(body).entry).toHaveLength(1);
      expect(headers['cache-control']).toBe('private, no-cache');
      expect(headers['referrer-policy']).toBe('no-referrer');
      expect(body + JSON.stringify(headers)).not.toContain(token);
    }
    // A reader that took the address of the feed from it would lose the token.
    expect(parsed(inAddress.body).link.map((link) => link['@rel'])).toEqual(['alternate']);
    expect(parsed(inHeader.body).link.map((link) => link['@rel'])).toEqual(['alternate', 'self']);
    for (const wrong of ['', 'x', `${token.slice(0, -8)}AAAAAAAA`]) {
      const { headers, body } = await get(`?site=blog&token=${wrong}`);
      expect(headers['oxicount-error']).toBe('INVALID_TOKEN');
      if (wrong !== '') expect(body).not.toContain(wrong);
    }
  });

  test('is of the visits that a shared link is for, and a feed of its own then', async () => {
    const { feed, visit, clock, tokenFor, domain, read } = await start({ site });
    await visit('/a');
    await visit('/b');
    await domain.visits.postSleep({ visitId: await read('/a'), referrer: 'https://news.example' }, nobody);
    clock.pass(DAY_MS);
    const whole = await feed(`?token=${await tokenFor()}`);
    const part = await feed(`?token=${await tokenFor({ filter: { page: '/a' } })}`);
    expect(whole.entry?.[0]?.title).toBe('Friday, 1 March 2024: 3 visits');
    expect(part.entry?.[0]?.title).toBe('Friday, 1 March 2024: 2 visits');
    expect(JSON.stringify(part)).not.toContain('>/b<');
    expect(part.title).toBe('Blog: daily digest, page /a');
    expect(part.id).not.toBe(whole.id);
    expect(part.entry?.[0]?.id).not.toBe(whole.entry?.[0]?.id);
    expect(part.entry?.[0]?.link['@href']).toContain('page=%2Fa');
  });

  test('is for a link with a range only where all of its days are within', async () => {
    const { get, tokenFor } = await start({ site });
    const refusal = async (range: TokenInput['range']) =>
      (await get(`?token=${await tokenFor({ range })}`)).headers['oxicount-error'];
    expect(await refusal({ preset: 'LAST_7_DAYS' })).toBe('FORBIDDEN');
    expect(await refusal({ preset: 'LAST_30_DAYS' })).toBeUndefined();
  });
});

test('the feed of a site that shows some of its figures is public where its statistics are', async () => {
  const refusal = async (site: Partial<SiteDeclaration>) =>
    (await (await start({ site: { visibility: 'selected', ...site } })).get()).headers['oxicount-error'];
  expect(await refusal({ publicFigures: ['STATS'] })).toBeUndefined();
  expect(await refusal({ publicFigures: ['COUNTS'] })).toBe('FORBIDDEN');
  expect(await refusal({ publicPages: ['/a'] })).toBe('FORBIDDEN');
});
