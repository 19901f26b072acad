import { randomBytes } from 'node:crypto';
import { setTimeout as pass } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { createVisitSeal } from '../../server/domain/visit-id.ts';
import { eachDatabase } from '../support/databases.ts';
import { ask, codesOf } from '../support/graphql.ts';
import { startTestService } from '../support/service.ts';

const REGISTER =
  'mutation ($site: ID, $path: String!) { register(site: $site, path: $path) { visitId minDelaySecs } }';
const POST =
  'mutation ($id: ID!, $referrer: String) { postSleep(visitId: $id, referrer: $referrer) { counted } }';
const LEFT =
  'mutation ($id: ID!, $seconds: NonNegativeInt!) { pageLeft(visitId: $id, secondsOnPage: $seconds) { spentSeconds } }';

eachDatabase('a visit over GraphQL', (database) => {
  test('is registered, counted once, and told how long it lasted', async () => {
    const { url } = await startTestService({ database, sites: { blog: { minDelaySecs: 1 } } });
    const registered = await ask(url, REGISTER, { path: '/a' });
    const { visitId: id, minDelaySecs } = registered.data?.['register'] as {
      visitId: string;
      minDelaySecs: number;
    };
    expect(minDelaySecs).toBe(1);
    const early = await ask(url, POST, { id });
    expect(early.errors?.[0]?.extensions).toEqual({ code: 'VISIT_TOO_EARLY', retryAfterSecs: 1 });
    expect(codesOf(await ask(url, LEFT, { id, seconds: 0 }))).toEqual(['VISIT_NOT_COUNTED']);

    await pass(1_000);
    expect(await ask(url, POST, { id, referrer: 'https://news.example/today' })).toEqual({
      data: { postSleep: { counted: true } },
    });
    // A replay is no error for a client that may not have heard the first answer.
    expect(await ask(url, POST, { id })).toEqual({ data: { postSleep: { counted: false } } });

    for (const [seconds, spentSeconds] of [
      [1, 1],
      [0, 1],
      [900, expect.any(Number)],
    ]) {
      const left = await ask(url, LEFT, { id, seconds });
      expect(left).toEqual({ data: { pageLeft: { spentSeconds } } });
      // No longer than the time since it was registered.
      expect((left.data?.['pageLeft'] as { spentSeconds: number }).spentSeconds).toBeLessThan(30);
    }
    const { data } = await ask(
      url,
      '{ history(path: "/a") { totalCount edges { node { path referrer } } } }',
    );
    const node = { path: '/a', referrer: 'news.example' };
    expect(data?.['history']).toEqual({ totalCount: 1, edges: [{ node }] });
  });
});

test('each refusal has its code', async () => {
  const { url, site, register, visit } = await startTestService({ sites: { blog: {}, docs: {} } });
  const id = await visit('/a', { site: 'blog' });
  const forged = createVisitSeal(randomBytes(32), randomBytes);
  const old = { siteId: 1, pageId: 1, registeredAt: Date.now() - 100 * 3_600_000, nonce: 1, filtered: false };
  const refusals: readonly (readonly [string, Record<string, unknown>, string, RegExp?])[] = [
    ['{ count(path: "/a") }', {}, 'SITE_REQUIRED'],
    ['{ counts { path } }', {}, 'SITE_REQUIRED'],
    ['{ site { id } }', {}, 'SITE_REQUIRED'],
    ['{ site(id: "shop") { id } }', {}, 'SITE_NOT_FOUND'],
    ['{ history(site: "shop", path: "/a") { totalCount } }', {}, 'SITE_NOT_FOUND'],
    ['{ history(site: "blog", path: "/b") { totalCount } }', {}, 'PAGE_NOT_FOUND'],
    ['{ counts(site: "blog", first: 0) { path } }', {}, 'INVALID_ARGUMENT'],
    ['{ counts(site: "blog", first: 10001) { path } }', {}, 'INVALID_ARGUMENT'],
    ['{ counts(site: "blog", first: 99999999999) { path } }', {}, 'GRAPHQL_VALIDATION_FAILED', /^first: /],
    ['{ counts(site: "blog", orderBy: SIZE) { path } }', {}, 'GRAPHQL_VALIDATION_FAILED', /^orderBy: /],
    ['{ count(site: "blog", path: "//host") }', {}, 'INVALID_PATH'],
    ['{ count(site: "blog", path: "/\\u0000") }', {}, 'INVALID_PATH'],
    [REGISTER, { site: 'blog', path: '@127.0.0.1:9/x' }, 'INVALID_PATH'],
    [REGISTER, { site: 'blog', path: '/\ud800' }, 'INVALID_PATH'],
    [REGISTER, { site: 'blog', path: '/gone' }, 'PAGE_NOT_FOUND'],
    [REGISTER, { path: '/a' }, 'SITE_REQUIRED'],
    [POST, { id: 'x' }, 'INVALID_VISIT_ID'],
    [POST, { id: id.slice(1) }, 'INVALID_VISIT_ID'],
    [POST, { id: forged.seal({ ...old, registeredAt: Date.now() }) }, 'INVALID_VISIT_ID'],
    [POST, { id: forged.seal(old) }, 'VISIT_EXPIRED'],
    [LEFT, { id: forged.seal(old), seconds: 1 }, 'VISIT_EXPIRED'],
    [LEFT, { id, seconds: -1 }, 'BAD_USER_INPUT'],
    [LEFT, { id: await register('/a', 'blog'), seconds: 1 }, 'VISIT_NOT_COUNTED'],
  ];
  for (const [query, variables, code, message = /.{10}/] of refusals) {
    const result = await ask(url, query, variables);
    expect([query, codesOf(result)]).toEqual([query, [code]]);
    expect(result.errors?.[0]?.message).toMatch(message);
    expect(result.errors?.[0]?.message).not.toMatch(/Something went wrong/);
  }
  const other = { origin: 'https://elsewhere.example' };
  expect(codesOf(await ask(url, POST, { id }, other))).toEqual(['ORIGIN_NOT_ALLOWED']);
  await site.close();
  expect(codesOf(await ask(url, REGISTER, { site: 'blog', path: '/posts/hello' }))).toEqual([
    'SITE_UNREACHABLE',
  ]);
});

test('sites are listed with what an owner said of them', async () => {
  const blog = { name: 'My blog', timeZone: 'Europe/Berlin', minDelaySecs: 0, pathPatterns: ['/posts/:id'] };
  const { url, visit, sites } = await startTestService({ sites: { docs: {}, blog } });
  await visit('/posts/hello', { site: 'blog' });
  const { data } = await ask(url, '{ sites { id name baseUrls timeZone minDelaySecs visits } }');
  expect(data?.['sites']).toEqual([
    { id: 'docs', name: 'docs', baseUrls: [sites['docs']?.url], timeZone: 'UTC', minDelaySecs: 0, visits: 0 },
    {
      id: 'blog',
      name: 'My blog',
      baseUrls: [sites['blog']?.url],
      timeZone: 'Europe/Berlin',
      minDelaySecs: 0,
      visits: 1,
    },
  ]);
  const counts = await ask(url, '{ counts(site: "blog") { path count } }');
  expect(counts.data?.['counts']).toEqual([{ path: '/posts/:id', count: 1 }]);
});
