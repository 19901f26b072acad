import { expect, onTestFinished, test } from 'vitest';
import type { Domain } from '../../server/domain/domain.ts';
import { noLimits } from '../../server/domain/limits.testing.ts';
import { addGraphQL } from '../../server/graphql/server.ts';
import { createCallerOf } from '../../server/http/caller.ts';
import { createRequestIds } from '../../server/http/request-id.ts';
import { createHttpServer } from '../../server/http/server.ts';
import { createRefusals } from '../../server/refusals.ts';
import { ask, codesOf } from '../support/graphql.ts';
import { createQuietLog } from '../support/log.ts';

const callerOf = createCallerOf({ trustedProxies: [], countryHeader: null });
const requestIdOf = createRequestIds(() => false);

const SECRET = 'password=hunter2';

/** A service with a mistake of ours in every part of its domain. */
async function startBroken() {
  const broken = new Proxy(
    {},
    {
      get: () => async () => {
        throw new Error(`a mistake of ours, with ${SECRET} in it`);
      },
    },
  );
  const { visits, sites, counts, history, live, badges } = {
    visits: broken,
    sites: broken,
    counts: broken,
    history: broken,
    live: broken,
    badges: broken,
  };
  const domain = {
    visits,
    sites,
    counts,
    history,
    live,
    badges,
    limits: noLimits(),
    ready: () => Promise.reject(new Error(SECRET)),
  } as unknown as Domain;
  const log = createQuietLog();
  const refusals = createRefusals({ log, ping: async () => {} });
  const app = await createHttpServer({
    domain,
    log,
    refusals,
    baseUrl: 'http://localhost',
    callerOf,
    requestIdOf,
  });
  await addGraphQL(app, {
    domain,
    entities: broken as never,
    log,
    refusals,
    callerOf,
    requestIdOf,
    baseUrl: 'http://127.0.0.1',
    development: false,
  });
  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  onTestFinished(() => app.close());
  return { url, errors: () => log.lines.filter(({ level }) => level === 'error' || level === 'warn') };
}

test('a mistake of ours is logged once, and tells the reader nothing', async () => {
  const { url, errors } = await startBroken();
  const paths = [
    '/register?path=/a',
    '/post-sleep/x',
    '/page-left/x/1',
    '/api/counts',
    '/api/count?path=/a',
    '/api/history?path=/a',
    '/badge.json',
    '/readyz',
  ];
  for (const [index, path] of paths.entries()) {
    const response = await fetch(url + path);
    expect(response.status, path).toBe(500);
    expect(response.headers.get('content-type')).toMatch(/^text\/plain/);
    const answer = (await response.text()) + JSON.stringify([...response.headers]);
    expect(answer).toMatch(/Something went wrong here/);
    const requestId = response.headers.get('x-request-id') ?? 'none';
    expect(answer).toContain(`logged as ${requestId}.`);
    expect(errors()[index]?.fields['requestId'], path).toBe(requestId);
    expect(answer).not.toContain(SECRET);
    expect(errors(), path).toHaveLength(index + 1);
    expect(String(errors()[index]?.fields['err'])).toContain(SECRET);
  }
});

test('a mistake of ours is masked over GraphQL too', async () => {
  const { url, errors } = await startBroken();
  const result = await ask(url, '{ count(path: "/a") }');
  expect(codesOf(result)).toEqual(['INTERNAL_SERVER_ERROR']);
  expect(JSON.stringify(result)).not.toContain(SECRET);
  expect(JSON.stringify(result)).not.toContain('.ts');
  expect(errors()).toHaveLength(1);
  const requestId = errors()[0]?.fields['requestId'];
  expect(requestId).toMatch(/^[0-9a-f-]{36}$/);
  expect(result.errors?.[0]?.extensions).toMatchObject({ requestId });
});
