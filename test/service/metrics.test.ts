import { expect, test } from 'vitest';
import { eachDatabase, sqlite } from '../support/databases.ts';
import { readExposition, sumOf } from '../support/exposition.ts';
import { ask } from '../support/graphql.ts';
import { startTestService, type TestService } from '../support/service.ts';
import { transports } from '../support/subscriptions.ts';

const TOKEN = 'reads-metrics-and-nothing-else';
const ADMINISTRATOR = 'administers-everything';
const withToken = (token: string, headers = {}) => ({
  headers: { authorization: `Bearer ${token}`, ...headers },
});
const env = { OXICOUNT_METRICS_TOKEN: TOKEN };

async function scrape({ request }: TestService) {
  const response = await request('/metrics', withToken(TOKEN));
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
  expect(response.headers.get('cache-control')).toBe('no-store');
  return readExposition(await response.text());
}

eachDatabase('metrics', (database) => {
  test('show what became of visits, of requests, and of the way to the database', async () => {
    const service = await startTestService({ database, env });
    const { request, url } = service;
    const id = await service.visit('/a');
    await request(`/post-sleep/${id}`);
    await request('/post-sleep/forged');
    await request(`/page-left/${id}/0`);
    await request('/register?path=/nowhere');
    await request('/pixel.gif?path=/b');
    await request('/register?path=/a', { headers: { 'user-agent': 'Googlebot/2.1' } });
    await request(`/no/such/route/${id}`);
    await ask(url, '{ count(path: "/a") }');
    await ask(url, '{ count(site: "nowhere") }');
    await ask(url, '{ nothing }');

    const seen = await scrape(service);
    const told = (name: string, labels = {}) => sumOf(seen, `oxicount_${name}`, labels);
    expect(told('registrations_total', { outcome: 'registered' })).toBe(2);
    expect(told('registrations_total', { outcome: 'page_not_found' })).toBe(1);
    expect(told('visits_total', { outcome: 'counted' })).toBe(1);
    expect(told('visits_total', { outcome: 'counted_before' })).toBe(1);
    expect(told('visits_total', { outcome: 'invalid_visit_id' })).toBe(1);
    expect(told('page_leaves_total', { outcome: 'reported' })).toBe(1);
    expect(told('pixel_views_total', { outcome: 'counted' })).toBe(1);
    expect(told('filtered_hits_total', { reason: 'crawler' })).toBe(1);
    expect(told('site_visits_total', { site: 'blog' })).toBe(1);
    expect(told('http_requests_total', { route: '/post-sleep/:visitId', code: '200' })).toBe(1);
    expect(told('http_requests_total', { route: 'none', code: '404' })).toBe(1);
    expect(told('http_request_duration_seconds_count', { route: '/register', method: 'GET' })).toBe(3);
    expect(told('graphql_operations_total', { type: 'query', outcome: 'ok' })).toBe(1);
    expect(told('graphql_errors_total', { code: 'SITE_NOT_FOUND' })).toBe(1);
    expect(told('graphql_errors_total', { code: 'GRAPHQL_VALIDATION_FAILED' })).toBe(1);
    expect(told('page_validations_total', { outcome: 'exists' })).toBe(2);
    expect(told('page_validations_total', { outcome: 'missing' })).toBe(1);
    expect(told('page_validations_in_flight')).toBe(0);
    expect(told('writer_batch_size_sum')).toBeGreaterThanOrEqual(4);
    expect(told('writer_commit_duration_seconds_count', { outcome: 'written' })).toBeGreaterThan(0);
    expect(told('writer_queue_length')).toBe(0);
    expect(told('database_connections_max', { pool: 'requests' })).toBe(database === sqlite ? 0 : 10);
    expect(told('live_events_reach', { reach: 'this_process' })).toBe(1);
    expect(told('build_info', { node: process.versions.node })).toBe(1);
    expect(sumOf(seen, 'process_resident_memory_bytes')).toBeGreaterThan(0);
    expect(sumOf(seen, 'nodejs_eventloop_lag_seconds')).toBeGreaterThanOrEqual(0);
  });
});

test('metrics are well-formed, named by the conventions, and tell nothing of anybody', async () => {
  const service = await startTestService({ env });
  const id = await service.visit('/a', { referrer: 'https://news.example' });
  const agent = 'Netscape/4.5 (a very particular browser)';
  await service.request(`/page-left/${id}/3`, { headers: { 'user-agent': agent } });
  await ask(service.url, 'query MySecretName { count(path: "/b") }');
  const response = await service.request('/metrics', withToken(TOKEN));
  const text = await response.text();
  for (const secret of [id, '/a"', 'news.example', 'Netscape', 'MySecretName', '127.0.0.1', TOKEN]) {
    expect(text).not.toContain(secret);
  }
  for (const [name, { type, help }] of readExposition(text)) {
    expect(help).not.toBe('');
    if (!name.startsWith('oxicount_')) continue;
    expect(name.endsWith('_total'), name).toBe(type === 'counter');
    expect(name).not.toMatch(/_(ms|millis|milliseconds|kb|percent)$/);
  }

  const open = await service.request(
    '/metrics',
    withToken(TOKEN, { accept: 'application/openmetrics-text; version=1.0.0' }),
  );
  expect(open.headers.get('content-type')).toMatch(/^application\/openmetrics-text; version=1\.0\.0/);
  const openText = await open.text();
  expect(openText).toMatch(/# EOF\n$/);
  expect(openText).toContain('# TYPE oxicount_visits counter');
  expect(openText).toContain('oxicount_visits_total{outcome="counted"} 1');
});

test('metrics count who listens, and for how long', async () => {
  const service = await startTestService({ env });
  const [transport] = transports.filter(({ name }) => name === 'WebSocket');
  const subscription = transport?.subscribe(service.url, 'subscription { count(path: "/a") }');
  await subscription?.next();
  const open = await scrape(service);
  expect(sumOf(open, 'oxicount_subscribers', { field: 'count' })).toBe(1);
  expect(sumOf(open, 'oxicount_live_connections', { transport: 'websocket' })).toBe(1);
  await subscription?.end();
  await expect
    .poll(async () => sumOf(await scrape(service), 'oxicount_subscribers', { field: 'count' }))
    .toBe(0);
});

test('metrics say which limit refuses', async () => {
  const service = await startTestService({ env, limits: { reads: 2 } });
  for (let times = 0; times < 4; times += 1) await service.request('/api/count?path=/a');
  expect(sumOf(await scrape(service), 'oxicount_limit_refusals_total', { limit: 'reads' })).toBe(2);
});

test('metrics are for whoever has a token, and not for whoever comes through a proxy on the same machine', async () => {
  const { request, service } = await startTestService({ env, adminToken: ADMINISTRATOR });
  const refused = await request('/metrics');
  expect(refused.status).toBe(403);
  expect(await refused.text()).toContain('metrics_token');
  expect((await request('/metrics', withToken('something-else-altogether'))).status).toBe(401);
  expect((await request('/metrics', withToken(ADMINISTRATOR))).status).toBe(200);
  const { text } = await service.domain.tokens.create(
    { name: 'reader', scopes: ['READ'] } as never,
    { token: ADMINISTRATOR } as never,
  );
  expect((await request('/metrics', withToken(text))).status).toBe(403);
});

test('metrics can have an address of their own, and are then nowhere else', async () => {
  const { request, log } = await startTestService({ env: { OXICOUNT_METRICS_ADDRESS: '127.0.0.1:0' } });
  expect((await request('/metrics')).status).toBe(404);
  const line = log.lines.find(({ message }) => message.startsWith('metrics are at'));
  const url = String(line?.fields['url']);
  expect(readExposition(await (await fetch(url)).text()).has('oxicount_build_info')).toBe(true);
  expect((await fetch(new URL('/api/counts', url))).status).toBe(404);
});

test('an address of its own can ask for the token too', async () => {
  const { log } = await startTestService({ env: { ...env, OXICOUNT_METRICS_ADDRESS: '127.0.0.1:0' } });
  const url = String(log.lines.find(({ message }) => message.startsWith('metrics are at'))?.fields['url']);
  expect((await fetch(url)).status).toBe(403);
  expect((await fetch(url, withToken(TOKEN))).status).toBe(200);
});
