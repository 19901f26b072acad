import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { isPublicAddress } from './addresses.ts';
import { createWebhookSender } from './sender.ts';

async function receiver(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
}

const send = createWebhookSender({ allowPrivate: true, timeoutMs: 500 });

test('a message arrives as it is, with its headers', async () => {
  const got: unknown[] = [];
  const url = await receiver(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    got.push(request.method, request.url, request.headers['webhook-id'], body);
    response.writeHead(204).end();
  });
  const outcome = await send(url, '{"a":"é"}', { 'webhook-id': 'msg_1' });
  expect(outcome).toEqual({ kind: 'answered', status: 204, retryAfterMs: null });
  expect(got).toEqual(['POST', '/hook', 'msg_1', '{"a":"é"}']);
});

test('a redirect is not followed, and its target never asked', async () => {
  let asked = 0;
  const target = await receiver((_request, response) => {
    asked += 1;
    response.end();
  });
  const url = await receiver((_request, response) => response.writeHead(307, { location: target }).end());
  expect(await send(url, '{}', {})).toMatchObject({ status: 307 });
  expect(asked).toBe(0);
});

test('a receiver that hangs, one that sends without end and one that is away end the attempt', async () => {
  const hangs = await receiver(() => {});
  expect(await send(hangs, '{}', {})).toEqual({ kind: 'failed', error: 'time limit' });
  const endless = await receiver((_request, response) => {
    const more = () => void (response.write('x'.repeat(65_536)) && setImmediate(more));
    response.on('drain', more);
    more();
  });
  expect(await send(endless, '{}', {})).toMatchObject({ status: 200 });
  expect(await send('http://127.0.0.1:1/', '{}', {})).toEqual({
    kind: 'failed',
    error: 'connection refused',
  });
});

test('a receiver says when to come again', async () => {
  const url = await receiver((_request, response) => response.writeHead(503, { 'retry-after': '120' }).end());
  expect(await send(url, '{}', {})).toEqual({ kind: 'answered', status: 503, retryAfterMs: 120_000 });
});

test('nothing is sent to this machine or network, under whatever name, unless the operator allows it', async () => {
  let asked = 0;
  const url = await receiver((_request, response) => {
    asked += 1;
    response.end();
  });
  const { port } = new URL(url);
  const looked: string[] = [];
  const careful = createWebhookSender({
    allowPrivate: false,
    resolve: ((host: string, _options: object, done: (...given: unknown[]) => void) => {
      looked.push(host);
      // One address that may be connected to does not let the other in.
      done(null, [
        { address: '93.184.215.14', family: 4 },
        { address: '127.0.0.1', family: 4 },
      ]);
    }) as never,
  });
  const refused = { kind: 'failed', error: 'address not allowed' };
  expect(await careful(url, '{}', {})).toEqual(refused);
  for (const host of ['127.0.0.1', '[::1]', '[::ffff:127.0.0.1]', '2130706433', '0x7f.1', 'hooks.example']) {
    expect(await careful(`https://${host}:${port}/`, '{}', {}), host).toEqual(refused);
  }
  expect(looked).toEqual(['hooks.example']);
  expect(asked).toBe(0);
});

test.each([
  ['8.8.8.8', true],
  ['2606:4700::1111', true],
  ['10.1.2.3', false],
  ['169.254.169.254', false],
  ['100.64.0.1', false],
  ['192.168.1.1', false],
  ['::1', false],
  ['fe80::1', false],
  ['fd00::1', false],
  ['::ffff:10.0.0.1', false],
  ['64:ff9b::a00:1', false],
  ['2002:a00:1::', false],
  ['no address', false],
])('%s is public: %s', (address, is) => {
  expect(isPublicAddress(address)).toBe(is);
});
