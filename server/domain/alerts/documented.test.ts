import { createHmac, timingSafeEqual } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { verifyWebhook } from '../../../sdk/src/webhooks.ts';
import { operator } from '../access.ts';
import { DAY_MS } from '../day.ts';
import { createWorld, nobody, seededBytes } from '../world.testing.ts';
import { createAlerts } from './alerts.ts';
import { createDeliver } from './deliver.ts';
import { createJudge } from './judge.ts';
import { newWebhookSecret, signedHeaders } from './signature.ts';

const page = readFileSync(new URL('../../docs/alerts.md', import.meta.url), 'utf8');
const examples = [...page.matchAll(/```json\n([\s\S]*?)```/g)].map(([, json = '']) => JSON.parse(json));

/** What an object is made of, whatever the values. */
function shapeOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.slice(0, 1).map(shapeOf);
  if (value === null || typeof value !== 'object') return value === null ? 'null' : typeof value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, shapeOf(one)]));
}

test('every event is documented with an example that has what is sent', async () => {
  const { storage, clock, domain, visit, read } = await createWorld();
  const sent: { type: string; data: { page?: string | null } }[] = [];
  const randomBytes = seededBytes(3);
  const alerts = createAlerts({
    storage,
    judge: createJudge({ storage, stats: domain.stats, clock: clock.now, randomBytes }),
    deliver: createDeliver({
      storage,
      async send(_url, body) {
        sent.push(JSON.parse(body));
        return { kind: 'answered', status: 200, retryAfterMs: null };
      },
      clock: clock.now,
      randomBytes,
    }),
    clock: clock.now,
  });
  const { webhook } = await domain.webhooks.create(
    'blog',
    { url: 'https://hooks.example/', events: ['digest.daily'] },
    operator,
  );
  await domain.webhooks.test('blog', webhook.id, operator);
  await visit('/a');
  clock.pass(DAY_MS);
  await alerts.run();
  const events = ['spike', 'new_referrer'] as const;
  await domain.webhooks.change('blog', webhook.id, { events }, operator);
  for (let count = 0; count < 20; count += 1) {
    const referrer = 'https://new.example';
    await domain.visits.postSleep({ visitId: await read('/a'), referrer }, nobody);
  }
  clock.pass(10 * 60_000);
  await alerts.run();

  expect(examples.map(({ type }) => type)).toEqual(['spike', 'new_referrer', 'digest.daily', 'test']);
  for (const example of examples) {
    const event = sent.find(({ type, data }) => type === example.type && data.page !== null);
    expect(shapeOf(event), example.type).toEqual(shapeOf(example));
  }
});

const [withSdk = '', withNode = ''] = [...page.matchAll(/```js\n([\s\S]*?)```/g)].map(([, code]) => code);

/** Runs code of the page, with what is there where a reader puts it, and gives what it calls `result`. */
async function runCode(code: string, names: Readonly<Record<string, unknown>>, result: string) {
  const AsyncFunction = (async () => {}).constructor as FunctionConstructor;
  const body = `${code.replace(/^import .*$/gm, '')}; return ${result};`;
  return new AsyncFunction(...Object.keys(names), body)(...Object.values(names));
}

test('what the page says of verifying holds good for what is signed, and for nothing that was changed', async () => {
  const body = JSON.stringify({ type: 'spike', data: { page: '/a', visits: 25 } });
  const [secret, before, another] = [1, 2, 3].map((seed) => newWebhookSecret(seededBytes(seed)));
  if (!secret || !before || !another) throw new Error('there are three');
  const headers = signedHeaders({ id: 'msg_1', body }, Date.now(), [secret, before]);
  const told: unknown[] = [];
  const sdk = (sent: string, key: string) =>
    runCode(
      withSdk,
      {
        verifyWebhook,
        request: new Request('https://hooks.example/', { method: 'POST', headers, body: sent }),
        secret: key,
        console: { log: (...words: unknown[]) => void told.push(words) },
      },
      'event',
    );
  const node = (sent: string, key: string) =>
    runCode(
      withNode,
      {
        createHmac,
        timingSafeEqual,
        secret: key,
        id: headers['webhook-id'],
        timestamp: headers['webhook-timestamp'],
        signature: headers['webhook-signature'],
        body: sent,
      },
      'good',
    );
  for (const key of [secret, before]) {
    expect(await sdk(body, key)).toEqual(JSON.parse(body));
    expect(await node(body, key)).toBe(true);
  }
  expect(told).toEqual([
    ['/a', 25],
    ['/a', 25],
  ]);
  for (const [sent, key] of [
    [`${body} `, secret],
    [body, another],
  ] as const) {
    await expect(sdk(sent, key)).rejects.toThrow('was not signed with this secret');
    expect(await node(sent, key)).toBe(false);
  }
});
