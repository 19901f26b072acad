import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test, vi } from 'vitest';
import { ask } from '../support/graphql.ts';
import { startTestService } from '../support/service.ts';

interface Span {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  readonly attributes: readonly unknown[];
}

/** Takes traces as a collector does. */
async function startCollector() {
  const spans: Span[] = [];
  const asked: { readonly url: string | undefined; readonly headers: IncomingHttpHeaders }[] = [];
  let written = '';
  const server = createServer(async (request, response) => {
    const { url, headers } = request;
    let body = '';
    for await (const chunk of request) body += chunk;
    asked.push({ url, headers });
    written += body;
    const { resourceSpans } = JSON.parse(body) as {
      resourceSpans: { scopeSpans: { spans: Span[] }[] }[];
    };
    spans.push(...resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap((scope) => scope.spans)));
    response.setHeader('content-type', 'application/json').end('{}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, spans, asked, written: () => written };
}

/** Names of the spans from one to the root of its trace. */
function wayUp(spans: readonly Span[], name: string, traceId: string): string[] {
  const way: string[] = [];
  let span = spans.find((one) => one.name === name && one.traceId === traceId);
  while (span) {
    way.push(span.name);
    const { parentSpanId } = span;
    span = parentSpanId ? spans.find(({ spanId }) => spanId === parentSpanId) : undefined;
  }
  return way;
}

const AGENT = 'Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0';
const TRACE = '0af7651916cd43dd8448eb211c80319c';
const PARENT = { traceparent: `00-${TRACE}-b7ad6b7169203331-01` };

test('a visit is one trace, from the request to the transaction, and tells nothing of the reader', async () => {
  const collector = await startCollector();
  const service = await startTestService({
    env: {
      OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
      OTEL_EXPORTER_OTLP_HEADERS: 'x-tenant=a%20b',
      OXICOUNT_TRUSTED_PROXIES: 'loopback',
    },
  });
  const headers = { ...PARENT, 'x-forwarded-for': '203.0.113.77', 'user-agent': AGENT };
  const id = (await (await service.request('/register?path=/a', { headers })).json()) as string;
  await ask(service.url, 'mutation ($id: ID!) { postSleep(visitId: $id) { counted } }', { id }, headers);
  await service.stop();

  const { spans } = collector;
  expect(wayUp(spans, 'ask site', TRACE)).toEqual(['ask site', 'visits.register', 'GET /register']);
  expect(wayUp(spans, 'write batch', TRACE)).toEqual([
    'write batch',
    'visits.postSleep',
    'graphql mutation',
    'POST /graphql',
  ]);
  expect(collector.asked[0]?.url).toBe('/v1/traces');
  expect(collector.asked[0]?.headers['x-tenant']).toBe('a b');
  for (const secret of [id, '203.0.113.77', 'Firefox', '"/a"', '127.0.0.1']) {
    expect(collector.written()).not.toContain(secret);
  }
});

test('a stranger does not say which trace a request is part of', async () => {
  const collector = await startCollector();
  const service = await startTestService({ env: { OXICOUNT_OTLP_ENDPOINT: collector.url } });
  await service.request('/healthz', { headers: PARENT });
  await service.stop();
  expect(collector.spans.map(({ name }) => name)).toEqual(['GET /healthz']);
  expect(collector.spans[0]?.traceId).not.toBe(TRACE);
});

test('a collector that is away costs a line in the log, and no visit', async () => {
  const service = await startTestService({ env: { OXICOUNT_OTLP_ENDPOINT: 'http://127.0.0.1:1' } });
  await service.visit('/a');
  const told = () => service.log.lines.filter(({ message }) => message.startsWith('traces cannot be sent'));
  await vi.waitFor(() => expect(told()).toHaveLength(1), { timeout: 15_000 });
  await service.visit('/a');
  await service.stop();
  expect(told()).toHaveLength(1);
});
