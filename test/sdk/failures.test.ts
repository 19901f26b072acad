import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { count } from '../../sdk/src/generated/operations.ts';
import { createClient, createClientWith, OxicountError } from '../../sdk/src/index.ts';

/** An instance that answers as it is told to, and notes when a request was given up. */
async function startInstance(answer: ((request: string) => [number, string]) | 'never') {
  const given: string[] = [];
  const server = createServer((request, response) => {
    given.push(`${request.method} ${request.headers.authorization ?? ''}`.trim());
    if (answer === 'never') response.on('close', () => given.push('closed'));
    else {
      const [status, body] = answer(request.url ?? '');
      response.writeHead(status, { 'content-type': body.startsWith('{') ? 'application/json' : 'text/html' });
      response.end(body);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, given };
}

test('a call ends after its time, and so does its request', async () => {
  const { url, given } = await startInstance('never');
  const client = createClient({ url, timeoutMs: 1_000 });
  await expect(client.sites()).rejects.toMatchObject({ code: 'TIMEOUT' });
  await expect.poll(() => given).toEqual(['GET', 'closed']);
  await expect(client.postSleep({ visitId: 'x' }, { timeoutMs: 50 })).rejects.toMatchObject({
    code: 'TIMEOUT',
  });
});

test('a call ends when its signal aborts, and so does its request', async () => {
  const { url, given } = await startInstance('never');
  const stop = new AbortController();
  const asking = createClient({ url }).count({ path: '/a' }, stop);
  setTimeout(() => stop.abort(), 100);
  await expect(asking).rejects.toMatchObject({ code: 'ABORTED' });
  await expect.poll(() => given).toEqual(['GET', 'closed']);
});

test('one call that is ended does not end another for the same', async () => {
  let answers = 0;
  const { url } = await startInstance(() => [200, `{"data":{"sites":[${++answers}]}}`]);
  const client = createClient({ url });
  const stop = new AbortController();
  const [ended, other] = [client.sites({}, stop), client.sites()];
  stop.abort();
  await expect(ended).rejects.toMatchObject({ code: 'ABORTED' });
  expect(await other).toHaveLength(1);
});

test('a proxy whose instance is away is asked again', async () => {
  let asked = 0;
  const { url } = await startInstance(() =>
    ++asked < 3 ? [502, '<h1>Bad Gateway</h1>'] : [200, '{"data":{"count":7}}'],
  );
  expect(await createClientWith({ count }, { url }).count({ path: '/a' }, {})).toBe(7);
  expect(asked).toBe(3);
});

test('what is not GraphQL is an error of the network', async () => {
  const { url } = await startInstance(() => [404, '<h1>Not Found</h1>']);
  const error = await createClient({ url, retries: 0 })
    .sites()
    .catch((reason) => reason);
  expect(error).toBeInstanceOf(OxicountError);
  expect(error).toMatchObject({ code: 'NETWORK' });
  await expect(createClient({ url: 'http://127.0.0.1:1', retries: 0 }).sites()).rejects.toMatchObject({
    code: 'NETWORK',
  });
});

test('a token is sent as a bearer', async () => {
  const { url, given } = await startInstance(() => [200, '{"data":{"sites":[],"pageLeft":{}}}']);
  const client = createClient({ url, token: 'secret' });
  await client.sites();
  await client.pageLeft({ visitId: 'x', secondsOnPage: 1 }, { keepalive: true });
  expect(given).toEqual(['GET Bearer secret', 'POST Bearer secret']);
});
