import { connect, type Socket } from 'node:net';
import { setTimeout as pass } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { startTestService } from '../support/service.ts';

/** A connection that says this and then nothing more. */
async function say(url: string, text = ''): Promise<Socket> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  // Being cut off is what it is here for.
  socket.on('error', () => {});
  await new Promise((resolve) => socket.once('connect', resolve));
  socket.write(text);
  return socket;
}

async function stopTime(stop: () => Promise<void>): Promise<number> {
  const began = performance.now();
  await stop();
  return performance.now() - began;
}

test('a stop is not delayed by connections that are kept for later', async () => {
  const { url, request, stop } = await startTestService();
  await (await request('/healthz')).text();
  // Browsers open connections ahead of need.
  for (let i = 0; i < 3; i += 1) await say(url);
  await pass(50);
  expect(await stopTime(stop)).toBeLessThan(1_500);
});

test('a stop waits a few seconds at most for clients that do nothing', async () => {
  const { url, stop } = await startTestService();
  await say(url, 'GET /healthz HTT');
  await say(url, 'POST /register?path=/a HTTP/1.1\r\nhost: x\r\ncontent-length: 10\r\n\r\nab');
  const sleeping = new WebSocket(`${url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
  sleeping.on('error', () => {});
  await new Promise((resolve) => sleeping.once('open', resolve));
  // A peer that is gone without a word, as a phone in a tunnel is: it never answers the closing.
  sleeping.pause();
  await pass(50);
  expect(await stopTime(stop)).toBeLessThan(10_000);
});

test('every request in flight is answered before the service stops, and every visit it said it counted is there', async () => {
  const first = await startTestService();
  const ids = await Promise.all(Array.from({ length: 50 }, () => first.register('/a')));
  const answers = ids.map(async (id) => (await first.request(`/post-sleep/${id}`)).status);
  await pass(5);
  await first.stop();
  const statuses = (await Promise.allSettled(answers)).map((answer) =>
    answer.status === 'fulfilled' ? answer.value : 'too late',
  );
  const counted = statuses.filter((status) => status === 200).length;
  expect(counted).toBeGreaterThan(0);
  // 503 for what came on an open connection after the stop began.
  expect(statuses.filter((status) => ![200, 503, 'too late'].includes(status))).toEqual([]);
  const next = await startTestService({ databaseUrl: first.databaseUrl });
  expect(await (await next.request('/api/count?path=/a')).text()).toBe(String(counted));
  await next.stop();
});

test('stopping twice is stopping once', async () => {
  const { service, stop } = await startTestService();
  await Promise.all([stop(), service.stop().catch(() => {})]);
});
