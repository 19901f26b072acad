import { buildClientSchema, getIntrospectionQuery, type IntrospectionQuery, printSchema } from 'graphql';
import { describe, expect, test } from 'vitest';
import { ask } from '../support/graphql.ts';
import { startTestService, type TestService } from '../support/service.ts';

const MODERN = 'application/graphql-response+json';
const CLASSIC = 'application/json';

function post({ request }: TestService, body: unknown, headers: Record<string, string> = {}) {
  return request('/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: MODERN, ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
}

function get({ request }: TestService, parameters: Record<string, string>, accept = MODERN) {
  return request(`/graphql?${new URLSearchParams(parameters)}`, { headers: { accept } });
}

async function codes(response: Response): Promise<unknown[]> {
  const { errors = [] } = (await response.json()) as { errors?: { extensions: { code: unknown } }[] };
  return errors.map(({ extensions }) => extensions.code);
}

test('a query is answered over POST and over GET, in the media type that was asked for', async () => {
  const service = await startTestService();
  await service.visit('/a');
  const query = 'query ($path: String!) { count(path: $path) }';
  const variables = { path: '/a' };
  for (const [accept, type] of [
    [MODERN, MODERN],
    [CLASSIC, CLASSIC],
    ['*/*', CLASSIC],
    [`${MODERN}, ${CLASSIC};q=0.9`, MODERN],
    [`${CLASSIC}, ${MODERN}`, CLASSIC],
  ] as const) {
    for (const response of [
      await post(service, { query, variables }, { accept }),
      await get(service, { query, variables: JSON.stringify(variables) }, accept),
    ]) {
      expect(response.status).toBe(200);
      expect(response.headers.get('content-type'), accept).toBe(`${type}; charset=utf-8`);
      expect(await response.json()).toEqual({ data: { count: 1 } });
    }
  }
});

test('one document can hold several operations, aliases and fragments', async () => {
  const service = await startTestService();
  await service.visit('/a');
  const query = `
    query Two { a: count(path: "/a") b: count(path: "/b") list: counts { ...page } }
    query Other { sites { id } }
    fragment page on PageCount { __typename path times: count }`;
  const response = await post(service, { query, operationName: 'Two' });
  const list = [{ __typename: 'PageCount', path: '/a', times: 1 }];
  expect(await response.json()).toEqual({ data: { a: 1, b: 0, list } });
  expect((await post(service, { query })).status).toBe(400);
});

test('nothing is changed by a GET request', async () => {
  const service = await startTestService();
  const response = await get(service, { query: 'mutation { register(path: "/a") { visitId } }' });
  expect(response.status).toBe(405);
  expect(response.headers.get('allow')).toBe('POST');
  expect(service.site.requests).toEqual([]);
});

describe('a request that cannot be executed', () => {
  const wrong = [
    ['is not GraphQL', { query: '{ count(' }, 'GRAPHQL_PARSE_FAILED'],
    ['asks for a field that is not there', { query: '{ nothing }' }, 'GRAPHQL_VALIDATION_FAILED'],
    ['lacks an argument', { query: '{ history { totalCount } }' }, 'GRAPHQL_VALIDATION_FAILED'],
    ['lacks a variable', { query: 'query ($p: String!) { count(path: $p) }' }, 'BAD_USER_INPUT'],
    [
      'has a variable of another type',
      { query: 'query ($p: String!) { count(path: $p) }', variables: { p: 1 } },
      'BAD_USER_INPUT',
    ],
  ] as const;

  test.each(wrong)('%s: 400, and 200 for clients of the older media type', async (_why, body, code) => {
    const service = await startTestService();
    const modern = await post(service, body);
    expect([modern.status, await codes(modern)]).toEqual([400, [code]]);
    const classic = await post(service, body, { accept: CLASSIC });
    expect([classic.status, await codes(classic)]).toEqual([200, [code]]);
  });

  const malformed = [
    ['is not JSON', '{"query":', 400],
    ['is not an object', '[1]', 400],
    ['has no query', '{}', 400],
    ['has a query that is no text', '{"query":1}', 400],
    ['has variables that are no object', '{"query":"{ sites { id } }","variables":[1]}', 400],
    ['is larger than any query', JSON.stringify({ query: `{ sites { id } } # ${'x'.repeat(200_000)}` }), 413],
  ] as const;

  test.each(malformed)('%s: refused by its status, whatever is accepted', async (_why, body, status) => {
    const service = await startTestService();
    for (const accept of [MODERN, CLASSIC]) {
      const response = await post(service, body, { accept });
      expect(response.status).toBe(status);
    }
    expect(service.log.lines.filter(({ level }) => level === 'error')).toEqual([]);
  });

  test('has a media type that is not known: 415', async () => {
    const service = await startTestService();
    for (const type of ['text/plain', 'application/xml', 'application/jsonp']) {
      const response = await post(service, { query: '{ sites { id } }' }, { 'content-type': type });
      expect([type, response.status]).toEqual([type, 415]);
    }
  });
});

test('a refusal within an answer keeps the status 200', async () => {
  const service = await startTestService();
  const response = await post(service, { query: '{ sites { id } count(path: "//host") }' });
  expect(response.status).toBe(200);
  expect(await codes(response)).toEqual(['INVALID_PATH']);
});

test('the schema can be asked for', async () => {
  const { url } = await startTestService();
  const { data } = await ask(url, getIntrospectionQuery());
  expect(printSchema(buildClientSchema(data as unknown as IntrospectionQuery))).toContain('type Site {');
});

test('GraphiQL is there for developers, and for nobody else', async () => {
  const page = { headers: { accept: 'text/html' } };
  const developed = await startTestService({ development: true });
  expect(await (await developed.request('/graphql', page)).text()).toMatch(/<!doctype html>/i);
  const { request } = await startTestService();
  const response = await request('/graphql', page);
  expect(await response.text()).not.toMatch(/<html/i);
  expect(response.status).toBeGreaterThanOrEqual(400);
});
