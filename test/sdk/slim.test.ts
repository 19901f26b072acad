import { expect, onTestFinished, test } from 'vitest';
import { counts, register } from '../../sdk/src/generated/operations.ts';
import { createSlimClient } from '../../sdk/src/slim.ts';
import { serve } from '../browser/support/static-site.ts';
import { startTestService } from '../support/service.ts';

test('a number needs no more than the slim client', async () => {
  const service = await startTestService();
  await service.visit('/a');
  const client = createSlimClient({ url: `${service.url}/`, site: 'blog' });
  expect(await client.count({ path: '/a' })).toBe(1);
  expect((await client.request(counts)).counts).toEqual([{ path: '/a', count: 1 }]);
  expect((await client.request(register, { path: '/b' })).register.minDelaySecs).toBe(0);
});

test('it asks from a page of another origin without a preflight, and for many pages at once', async () => {
  const { url } = await startTestService();
  const sent: [string, string][] = [];
  const client = createSlimClient({
    url,
    fetch(input, init) {
      sent.push([init?.method ?? 'GET', String(input).split('?')[0] ?? '']);
      return fetch(input, init);
    },
  });
  await Promise.all(['/a', '/b', '/c'].map((path) => client.count({ path })));
  const many = Array.from({ length: 60 }, (_, i) => client.count({ path: `/none/${i}` }));
  expect(await Promise.all(many)).toEqual(Array(60).fill(0));
  const endpoint = `${url}/graphql`;
  expect(sent).toEqual([
    ['GET', endpoint],
    ['POST', endpoint],
    ['GET', endpoint],
  ]);
});

test('a refusal has the code of the instance', async () => {
  const { url } = await startTestService();
  const client = createSlimClient({ url, site: 'none' });
  await expect(client.count({ path: '/a' })).rejects.toMatchObject({ code: 'SITE_NOT_FOUND' });
  await expect(client.request('query { nothing }')).rejects.toMatchObject({
    code: 'GRAPHQL_VALIDATION_FAILED',
  });
});

test('what is not GraphQL is told from what is not there', async () => {
  const answers: [number, string][] = [
    [200, '<!doctype html>'],
    [404, 'Not Found'],
    [503, 'Service Unavailable'],
  ];
  let status = 0;
  const server = await serve((_request, response) => {
    response.writeHead(answers[status]?.[0] ?? 500, { 'retry-after': '7' }).end(answers[status]?.[1]);
  });
  onTestFinished(() => server.close());
  const client = createSlimClient({ url: server.url, retries: 0 });
  const codes: unknown[] = [];
  for (; status < answers.length; status++) {
    codes.push(
      await client.count({ path: '/a' }).catch(({ code, retryAfterSecs }) => [code, retryAfterSecs]),
    );
  }
  expect(codes).toEqual([
    ['NETWORK', 7],
    ['NETWORK', 7],
    ['UNAVAILABLE', 7],
  ]);
  const nowhere = createSlimClient({ url: 'http://127.0.0.1:1', retries: 0 });
  await expect(nowhere.count({ path: '/a' })).rejects.toMatchObject({ code: 'NETWORK' });
});

test('a token is sent as a bearer', async () => {
  const seen: unknown[] = [];
  const server = await serve((request, response) => {
    seen.push(request.headers.authorization);
    response.end('{"data":{"count":1}}');
  });
  onTestFinished(() => server.close());
  await createSlimClient({ url: server.url, token: 'secret' }).count({ path: '/a' }, {});
  expect(seen).toEqual(['Bearer secret']);
});
