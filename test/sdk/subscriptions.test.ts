import { setTimeout as pass } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { createClient, type Visit } from '../../sdk/src/index.ts';
import { startTestService } from '../support/service.ts';
import { prepareService } from './support/restartable.ts';

describe('a loop over a subscription', () => {
  test('gets the present count, and each change', async () => {
    const service = await startTestService();
    await service.visit('/a');
    const seen: number[] = [];
    for await (const count of createClient({ url: service.url }).liveCount({ path: '/a' })) {
      seen.push(count);
      if (count === 3) break;
      await service.visit('/a');
    }
    expect(seen).toEqual([1, 2, 3]);
  });

  test('ends without an error when its signal aborts, even while it waits', async () => {
    const { url } = await startTestService();
    const stop = new AbortController();
    setTimeout(() => stop.abort(), 200);
    for await (const _ of createClient({ url }).visitCounted({}, { signal: stop.signal })) {
      throw new Error('nothing was counted');
    }
  });

  test('does not begin when its signal has aborted', async () => {
    const visits = createClient({ url: 'http://127.0.0.1:1' }).visitCounted(
      {},
      { signal: AbortSignal.abort() },
    );
    expect(await visits.next()).toEqual({ done: true, value: undefined });
  });

  test('can be ended from outside while it waits', async () => {
    const { url } = await startTestService();
    const visits = createClient({ url }).visitCounted();
    const next = visits.next();
    await pass(100);
    await visits.return();
    expect(await next).toEqual({ done: true, value: undefined });
  });

  test('rejects with what the instance refuses it for', async () => {
    const { url } = await startTestService();
    const client = createClient({ url, site: 'none' });
    await expect(client.liveCount({ path: '/a' }).next()).rejects.toMatchObject({ code: 'SITE_NOT_FOUND' });
    await expect(client.visitCounted().next()).rejects.toMatchObject({ code: 'SITE_NOT_FOUND' });
  });

  test('tells of no visit that was counted before it began', async () => {
    const service = await startTestService();
    await service.visit('/a');
    const visits = createClient({ url: service.url }).visitCounted({ path: '/a' });
    const next = visits.next();
    expect(await Promise.race([next, pass(1_500, 'nothing')])).toBe('nothing');
    await visits.return();
  });

  test('tells each visit once, also those that are counted while it begins', async () => {
    const service = await startTestService();
    await service.visit('/a');
    const visits = createClient({ url: service.url }).visitCounted();
    const first = visits.next();
    for (let i = 0; i < 20; i++) await service.visit(i % 2 ? '/a' : '/b');
    const seen = [await first];
    while (seen.length < 20) seen.push(await visits.next());
    const more = Promise.race([visits.next(), pass(1_500, 'nothing')]);
    expect(new Set(seen.map(({ value }) => value?.id)).size).toBe(20);
    expect(await more).toBe('nothing');
    await visits.return();
  });
});

describe.each(['SIGKILL', 'SIGTERM'] as const)('a service that ends by %s and starts again', (signal) => {
  test('goes on counting for a loop that noticed nothing', async () => {
    const service = await prepareService();
    await service.start();
    const counts = createClient({ url: service.url }).liveCount({ path: '/a' });
    expect((await counts.next()).value).toBe(0);
    await service.visit('/a');
    expect((await counts.next()).value).toBe(1);

    const next = counts.next();
    await service.kill(signal);
    await service.start();
    await service.visit('/a');
    let { value } = await next;
    while (value !== 2) value = (await counts.next()).value;
    await counts.return();
  });

  test.each([{}, { path: '/a/' }])('loses no visit for a subscription to %j', async (variables) => {
    const service = await prepareService();
    await service.start();
    const seen: Visit[] = [];
    const stop = new AbortController();
    const loop = (async () => {
      for await (const visit of createClient({ url: service.url }).visitCounted(variables, stop))
        seen.push(visit);
    })();
    await pass(500);
    await service.visit('/a');
    await expect.poll(() => seen.length).toBe(1);

    await service.kill(signal);
    await service.start();
    // It may be connected again before, between or after these: some are pushed, the others looked up.
    await service.visit('/a');
    await service.visit('/b');
    await service.visit('/a');
    const expected = 'path' in variables ? ['/a', '/a', '/a'] : ['/a', '/a', '/a', '/b'];
    await expect.poll(() => seen.map(({ path }) => path).sort(), { timeout: 15_000 }).toEqual(expected);
    await service.visit('/a');
    await expect.poll(() => seen.length, { timeout: 5_000 }).toBe(expected.length + 1);
    await pass(1_200);
    expect(new Set(seen.map(({ id }) => id)).size).toBe(seen.length);
    expect(seen.length).toBe(expected.length + 1);
    stop.abort();
    await loop;
  });
});

test('a subscription may begin before the service is there', async () => {
  const service = await prepareService();
  const counts = createClient({ url: service.url }).liveCount({ path: '/a' });
  const next = counts.next();
  await pass(300);
  await service.start();
  expect((await next).value).toBe(0);
  await counts.return();
});
