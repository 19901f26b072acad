import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createServer as createSocketServer } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createOriginProbe } from './probe.ts';

/** A site that a test answers for, and what it was asked. */
async function siteThat(answers: RequestListener) {
  const requests: { method: string; target: string; headers: IncomingMessage['headers'] }[] = [];
  const server = createServer((request, response) => {
    requests.push({ method: request.method ?? '', target: request.url ?? '', headers: request.headers });
    answers(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return { origin: `http://127.0.0.1:${port}`, port, requests };
}

const status =
  (code: number): RequestListener =>
  (_, response) =>
    void response.writeHead(code).end();

/** Redirects everything to where `locate` says; null answers 200. */
const redirects =
  (locate: (target: string) => string | null, code = 301): RequestListener =>
  (request, response) => {
    const location = locate(request.url ?? '');
    if (location === null) response.writeHead(200).end();
    else response.writeHead(code, { location }).end();
  };

const probe = createOriginProbe();
const hasty = createOriginProbe({ timeoutMs: 50 });

describe('what a site answers decides whether it has the page', () => {
  test.each([
    [200, 'exists'],
    [201, 'exists'],
    [204, 'exists'],
    [299, 'exists'],
    [300, 'missing'],
    [304, 'missing'],
    [400, 'missing'],
    [401, 'missing'],
    [403, 'missing'],
    [404, 'missing'],
    [410, 'missing'],
    [429, 'unreachable'],
    [500, 'unreachable'],
    [503, 'unreachable'],
  ])('%d: %s', async (code, outcome) => {
    const site = await siteThat(status(code));
    expect(await probe(site.origin, '/a')).toBe(outcome);
    expect(site.requests).toHaveLength(1);
  });
});

test.each([
  '/',
  '/a',
  '/a/',
  '/a//b',
  '/caf%C3%A9/',
  '/a%2Fb',
  "/a:b@c;d='e'!(f)*",
  '/@127.0.0.1:9/x',
])('the site is asked for exactly %s', async (path) => {
  const site = await siteThat(status(200));
  expect(await probe(site.origin, path)).toBe('exists');
  expect(site.requests.map(({ method, target }) => `${method} ${target}`)).toEqual([`GET ${path}`]);
});

test('the request says who asks, and carries nothing of a visitor', async () => {
  const site = await siteThat(status(200));
  await probe(site.origin, '/a');
  const headers = site.requests[0]?.headers ?? {};
  expect(headers['user-agent']).toContain('oxicount');
  for (const name of ['cookie', 'referer', 'origin', 'authorization', 'x-forwarded-for']) {
    expect(headers).not.toHaveProperty(name);
  }
});

describe('a redirect to the same page is followed', () => {
  test.each([
    ['to its trailing slash', '/a', '/a/'],
    ['away from its trailing slash', '/a/', '/a'],
    ['to its other spelling', '/%7Ea', '/~a'],
    ['relatively', '/b/a', 'a/'],
  ])('%s', async (_, path, location) => {
    const site = await siteThat(redirects((target) => (target === path ? location : null)));
    expect(await probe(site.origin, path)).toBe('exists');
    expect(site.requests).toHaveLength(2);
  });

  test('by its full URL', async () => {
    const site = await siteThat((request, response) =>
      redirects((target) => (target === '/a' ? `http://${request.headers.host}/a/` : null))(
        request,
        response,
      ),
    );
    expect(await probe(site.origin, '/a')).toBe('exists');
  });

  test.each([301, 302, 303, 307, 308])('with the status %d', async (code) => {
    const site = await siteThat(redirects((target) => (target === '/a' ? '/a/' : null), code));
    expect(await probe(site.origin, '/a')).toBe('exists');
  });

  test('and what stands there decides', async () => {
    const site = await siteThat((request, response) =>
      request.url === '/a' ? redirects(() => '/a/')(request, response) : status(404)(request, response),
    );
    expect(await probe(site.origin, '/a')).toBe('missing');
  });

  test('a few times, not in a circle', async () => {
    const site = await siteThat(redirects((target) => (target === '/a' ? '/a/' : '/a')));
    expect(await probe(site.origin, '/a')).toBe('missing');
    expect(site.requests).toHaveLength(4);
  });
});

describe('a redirect to another page means that there is no such page', () => {
  test.each(['/', '/b', '/a/b', '/404', '/login?next=/a', 'b', '..', 'http://['])('%s', async (location) => {
    const site = await siteThat(redirects((target) => (target === '/a' ? location : null)));
    expect(await probe(site.origin, '/a')).toBe('missing');
    expect(site.requests).toHaveLength(1);
  });
});

describe('a redirect never leads the request off the origin', () => {
  test.each([
    ['to another port', (port: number) => `http://127.0.0.1:${port}/a/`],
    ['to another name of the same machine', (port: number) => `http://localhost:${port}/a/`],
    ['without a scheme', (port: number) => `//127.0.0.1:${port}/a/`],
    ['by backslashes', (port: number) => `\\\\127.0.0.1:${port}\\a\\`],
    ['by a slash and a backslash', (port: number) => `/\\127.0.0.1:${port}/a/`],
    ['with a tab in its slashes', (port: number) => `/\t/127.0.0.1:${port}/a/`],
    ['with a user name', (port: number) => `http://user@127.0.0.1:${port}/a/`],
    ['by an address as one number', (port: number) => `http://2130706433:${port}/a/`],
  ])('%s', async (_, locate) => {
    const other = await siteThat(status(200));
    const site = await siteThat(redirects(() => locate(other.port)));
    expect(await probe(site.origin, '/a')).toBe('missing');
    expect(site.requests).toHaveLength(1);
    expect(other.requests).toEqual([]);
  });

  test.each([
    ['to https', (origin: string) => `${origin.replace('http:', 'https:')}/a/`],
    ['with a password', (origin: string) => `${origin.replace('//', '//user:password@')}/a/`],
    ['to a file', () => 'file:///a/'],
    ['to data', () => 'data:text/html,a'],
  ])('%s', async (_, locate) => {
    const site = await siteThat((request, response) =>
      redirects(() => locate(`http://${request.headers.host}`))(request, response),
    );
    expect(await probe(site.origin, '/a')).toBe('missing');
    expect(site.requests).toHaveLength(1);
  });
});

describe('a site that misbehaves keeps nobody waiting', () => {
  /** Writes for as long as somebody reads. */
  function writeForever(response: ServerResponse): void {
    while (response.write('x'.repeat(65_536)));
    response.once('drain', () => writeForever(response));
  }

  test('with an answer that does not end: its head is enough, and the rest is not read', async () => {
    let closed: Promise<void> | undefined;
    const site = await siteThat((_, response) => {
      closed = new Promise((resolve) => response.once('close', resolve));
      response.writeHead(200);
      writeForever(response);
    });
    expect(await probe(site.origin, '/a')).toBe('exists');
    await closed;
  });

  test('with a body that never begins', async () => {
    const site = await siteThat((_, response) => {
      response.writeHead(200);
      response.flushHeaders();
    });
    expect(await probe(site.origin, '/a')).toBe('exists');
  });

  test('with an answer that never comes', async () => {
    const site = await siteThat(() => {});
    expect(await hasty(site.origin, '/a')).toBe('unreachable');
  });

  test('with redirects that take too long together', async () => {
    const site = await siteThat((request, response) => {
      if (request.url === '/a') redirects(() => '/a/')(request, response);
    });
    expect(await hasty(site.origin, '/a')).toBe('unreachable');
    expect(site.requests).toHaveLength(2);
  });

  test('with headers without end', async () => {
    const site = await siteThat((_, response) => {
      for (let index = 0; index < 40; index += 1) response.setHeader(`x-${index}`, 'x'.repeat(1_000));
      response.writeHead(200).end();
    });
    expect(await probe(site.origin, '/a')).toBe('unreachable');
  });

  test.each([
    ['that is not HTTP', 'SSH-2.0-OpenSSH\r\n'],
    ['that breaks off', 'HTTP/1.1 200 O'],
    ['of nothing', ''],
  ])('with an answer %s', async (_, text) => {
    const server = createSocketServer((socket) => {
      socket.on('error', () => {});
      socket.once('data', () => socket.end(text));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
    const { port } = server.address() as AddressInfo;
    expect(await probe(`http://127.0.0.1:${port}`, '/a')).toBe('unreachable');
  });

  test('by not being there', async () => {
    const server = createSocketServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    await new Promise((resolve) => server.close(resolve));
    expect(await probe(`http://127.0.0.1:${port}`, '/a')).toBe('unreachable');
  });
});

test.each([
  '//127.0.0.1:9/x',
  '@127.0.0.1:9/x',
  '/\\127.0.0.1:9/x',
  '/../x',
  '/a\r\nHost: evil.example',
])('the path %j never gets as far as a request', async (path) => {
  const site = await siteThat(status(200));
  await expect(probe(site.origin, path)).rejects.toMatchObject({ code: 'INVALID_PATH' });
  expect(site.requests).toEqual([]);
});
