import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { operator } from '../access.ts';
import { DAY_MS } from '../day.ts';
import { createWorld, nobody, seededBytes } from '../world.testing.ts';
import { createAlerts } from './alerts.ts';
import { createDeliver } from './deliver.ts';
import { createJudge } from './judge.ts';

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
