import { createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import { verifyWebhook } from '../../../sdk/src/webhooks.ts';
import { operator } from '../access.ts';
import type { AuditAction } from '../audit.ts';
import { DAY_MS, startOfDay } from '../day.ts';
import { createWorld, nobody, seededBytes } from '../world.testing.ts';
import { createAlerts } from './alerts.ts';
import { createDeliver, FAILING_DAYS } from './deliver.ts';
import { settledDigests } from './due.ts';
import { createJudge } from './judge.ts';
import type { SendOutcome } from './sender.ts';
import { newWebhookSecret, signedHeaders } from './signature.ts';
import { isCalm, spikeThreshold } from './spike.ts';

const OK: SendOutcome = { kind: 'answered', status: 204, retryAfterMs: null };
const answered = (status: number, retryAfterMs: number | null = null): SendOutcome => ({
  kind: 'answered',
  status,
  retryAfterMs,
});

interface Sent {
  readonly id: string;
  readonly at: number;
  readonly event: { readonly type: string; readonly data: Record<string, unknown> };
  readonly signatures: readonly string[];
}

async function createReceiver() {
  const world = await createWorld();
  const sent: Sent[] = [];
  let answer: (sent: number) => SendOutcome = () => OK;
  const { storage, clock, domain } = world;
  const randomBytes = seededBytes(7);
  /** As a process has it that has just started. */
  function started() {
    const send = async (_url: string, body: string, headers: Readonly<Record<string, string>>) => {
      const signatures = (headers['webhook-signature'] ?? '').split(' ');
      sent.push({ id: headers['webhook-id'] ?? '', at: clock.now(), event: JSON.parse(body), signatures });
      return answer(sent.length);
    };
    return createAlerts({
      storage,
      judge: createJudge({ storage, stats: domain.stats, clock: clock.now, randomBytes }),
      deliver: createDeliver({ storage, send, clock: clock.now, randomBytes }),
      clock: clock.now,
    });
  }
  /** Lets time pass, in steps that each a process does that has just started. */
  async function pass(milliseconds: number, step = 10 * 60_000) {
    for (let passed = 0; passed < milliseconds; passed += step) {
      clock.pass(step);
      await Promise.all([started().run(), started().run()]);
    }
  }
  const make = (input = {}) =>
    domain.webhooks.create('blog', { url: 'https://hooks.example/', ...input }, operator);
  const answers = (is: typeof answer) => {
    answer = is;
  };
  return { ...world, sent, make, pass, answers };
}

test('every day and every week is told once, whatever restarts and however many processes there are', async () => {
  const { make, pass, sent } = await createReceiver();
  await make({ events: ['digest.daily', 'digest.weekly'] });
  // Over the night on which the clocks of Berlin are set forward.
  await pass(35 * DAY_MS, 50 * 60_000);
  const daily = sent
    .filter(({ event }) => event.type === 'digest.daily')
    .map(({ event }) => event.data['from']);
  const weekly = sent
    .filter(({ event }) => event.type === 'digest.weekly')
    .map(({ event }) => event.data['from']);
  const days = Array.from({ length: 35 }, (_, index) =>
    new Date(Date.UTC(2024, 2, 1 + index)).toISOString().slice(0, 10),
  );
  expect(daily).toEqual(days);
  expect(weekly).toEqual(['2024-02-26', '2024-03-04', '2024-03-11', '2024-03-18', '2024-03-25']);
  expect(new Set(sent.map(({ id }) => id)).size).toBe(sent.length);
});

test('after a long time without any process the last days are told, and not all of them', async () => {
  const { make, pass, sent } = await createReceiver();
  await make({ events: ['digest.daily'] });
  await pass(40 * DAY_MS, 40 * DAY_MS);
  await pass(10 * 60_000);
  expect(sent.map(({ event }) => event.data['from'])).toEqual(['2024-04-07', '2024-04-08', '2024-04-09']);
});

test.each([
  ['Europe/Berlin', '2024-03-31', 23],
  ['Europe/Berlin', '2024-10-27', 25],
  ['America/New_York', '2024-03-10', 23],
])('a day of %s that has another length, %s, is due an hour after it', (timeZone, date, hours) => {
  const day = Date.parse(date) / DAY_MS;
  const end = startOfDay(day, timeZone) + hours * 3_600_000;
  const [before] = settledDigests('daily', timeZone, end + 3_599_999, 1);
  const [after] = settledDigests('daily', timeZone, end + 3_600_000, 1);
  expect([before?.to, after?.to, after?.end]).toEqual([day - 1, day, end]);
});

test('a message that fails is tried again with the same id, later each time, and then given up', async () => {
  const { make, pass, sent, answers, domain } = await createReceiver();
  const { webhook } = await make();
  answers(() => answered(500));
  await domain.webhooks.test('blog', webhook.id, operator);
  await pass(2 * DAY_MS, 60_000);
  const own = sent.filter(({ event }) => event.type === 'test');
  expect(new Set(own.map(({ id }) => id)).size).toBe(1);
  expect(own).toHaveLength(8);
  const pauses = own.slice(1).map(({ at }, index) => at - (own[index]?.at ?? 0));
  expect(pauses.toSorted((a, b) => a - b).slice(0, 4)).toEqual(pauses.slice(0, 4));
  const deliveries = await domain.webhooks.deliveries('blog', webhook.id, 100, operator);
  expect(deliveries.at(-1)).toMatchObject({
    attempts: 8,
    dueAt: null,
    lastError: 'answered 500',
    deliveredAt: null,
  });
});

test('a receiver that asks for time is given it', async () => {
  const { make, pass, sent, answers, domain } = await createReceiver();
  const { webhook } = await make({ events: ['spike'] });
  answers((count) => (count === 1 ? answered(429, 3_600_000) : OK));
  await domain.webhooks.test('blog', webhook.id, operator);
  await pass(2 * 3_600_000, 60_000);
  expect(sent).toHaveLength(2);
  expect((sent[1]?.at ?? 0) - (sent[0]?.at ?? 0)).toBeGreaterThanOrEqual(3_600_000);
});

test('a receiver that is gone is sent nothing more, nor is one that fails for days, and the audit log says so', async () => {
  const { make, pass, sent, answers, domain } = await createReceiver();
  const gone = await make({ events: ['spike'] });
  answers(() => answered(410));
  await domain.webhooks.test('blog', gone.webhook.id, operator);
  await pass(60_000, 60_000);
  await domain.webhooks.remove('blog', gone.webhook.id, operator);
  const failing = await make({ events: ['digest.daily'] });
  answers(() => ({ kind: 'failed', error: 'time limit' }));
  await pass((FAILING_DAYS + 2) * DAY_MS);
  const [webhook] = await domain.webhooks.list('blog', operator);
  expect(webhook).toMatchObject({
    id: failing.webhook.id,
    stopped: { reason: 'FAILING' },
    lastError: 'time limit',
  });
  const audit = await domain.administration.audit({ site: 'blog', first: 10 }, operator);
  const stops = audit.filter(({ action }) => action === 'WEBHOOK_STOPPED');
  expect(stops.map(({ changes }) => changes['stopped'])).toEqual([
    [null, 'FAILING'],
    [null, 'GONE'],
  ]);
  const before = sent.length;
  await pass(DAY_MS);
  expect(sent).toHaveLength(before);
});

test('nothing is sent of a site once it is archived, not even what was due, nor once it is being deleted', async () => {
  const { domain, storage, clock, make, pass, sent, answers } = await createReceiver();
  const { webhook } = await make();
  const noteOf = (action: AuditAction) => {
    const site = { id: webhook.siteId, slug: 'blog' };
    return { at: clock.now(), actor: 'ann', action, site, token: null, changes: {} };
  };
  await domain.webhooks.test('blog', webhook.id, operator);
  answers(() => answered(500));
  await pass(10_000, 10_000);
  expect(sent).toHaveLength(1);
  answers(() => OK);
  const { administration } = storage;
  await administration.archiveSite(webhook.siteId, clock.now(), noteOf('SITE_ARCHIVED'));
  await pass(DAY_MS);
  expect(sent).toHaveLength(1);
  await administration.archiveSite(webhook.siteId, null, noteOf('SITE_RESTORED'));
  await pass(10_000, 10_000);
  expect(sent.map(({ id }) => id)).toEqual([sent[0]?.id, sent[0]?.id]);
  await domain.webhooks.test('blog', webhook.id, operator);
  await administration.beginDeletion(webhook.siteId, noteOf('SITE_DELETED'));
  await pass(DAY_MS);
  expect(sent).toHaveLength(2);
});

test('nothing is written where there is no webhook', async () => {
  const { make, pass, storage } = await createReceiver();
  const leases: string[] = [];
  const { leaseJob } = storage;
  Object.assign(storage, {
    leaseJob: (...[name, lease]: Parameters<typeof leaseJob>) => {
      leases.push(name);
      return leaseJob.call(storage, name, lease);
    },
  });
  await pass(DAY_MS);
  expect(leases).toEqual([]);
  await make();
  await pass(10 * 60_000);
  expect(leases).toContain('alerts');
});

test('a spike is told once, and the next after it was calm', async () => {
  const { make, pass, sent, visit, clock } = await createReceiver();
  await make({ events: ['spike'] });
  const crowd = async () => {
    for (let index = 0; index < 25; index += 1) await visit('/a');
  };
  await crowd();
  await pass(20 * 60_000);
  expect(sent.map(({ event }) => event.data['page'])).toEqual([null, '/a']);
  expect(sent[0]?.event.data).toMatchObject({ visits: 25, threshold: 20 });
  await crowd();
  await pass(20 * 60_000);
  expect(sent).toHaveLength(2);
  await pass(3 * 3_600_000);
  clock.pass(60_000);
  await crowd();
  await pass(10 * 60_000);
  expect(sent).toHaveLength(4);
});

test('more than usual is a spike from five times the mean and three deviations on', () => {
  expect(spikeThreshold(0)).toBe(20);
  expect(spikeThreshold(168 * 100)).toBe(530);
  expect([isCalm(264, 530), isCalm(265, 530)]).toEqual([true, false]);
});

test('a referrer is told when it has brought a few visits, once for ever, and none that was there before', async () => {
  const { make, pass, sent, domain, read } = await createReceiver();
  const from = async (referrer: string, times: number) => {
    for (let index = 0; index < times; index += 1) {
      await domain.visits.postSleep({ visitId: await read('/a'), referrer }, nobody);
    }
  };
  await from('https://old.example', 5);
  await pass(3 * DAY_MS, DAY_MS);
  await make({ events: ['new_referrer'] });
  await from('https://old.example', 5);
  await from('https://new.example', 5);
  await from('https://rare.example', 4);
  await pass(2 * DAY_MS, 3 * 3_600_000);
  await from('https://new.example', 5);
  await pass(3_600_000);
  expect(sent.map(({ event }) => event.data)).toEqual([{ referrer: 'new.example', visits: 5 }]);
});

test('what is sent is signed as Standard Webhooks says, for a day with the secret before too', async () => {
  const { make, pass, sent, domain } = await createReceiver();
  const first = await make({ events: ['spike'] });
  const second = await domain.webhooks.rotate('blog', first.webhook.id, operator);
  await domain.webhooks.test('blog', first.webhook.id, operator);
  await pass(60_000, 60_000);
  expect(sent[0]?.signatures).toHaveLength(2);
  await pass(DAY_MS, DAY_MS);
  await domain.webhooks.test('blog', first.webhook.id, operator);
  await pass(60_000, 60_000);
  expect(sent[1]?.signatures).toHaveLength(1);
  expect(second.secret).not.toBe(first.secret);
});

test('the SDK verifies what was signed now, and nothing that was changed, is old or of another', async () => {
  const secret = newWebhookSecret(seededBytes());
  const body = '{"type":"test","data":{"message":"é"}}';
  const headers = signedHeaders({ id: 'msg_1', body }, Date.now(), [
    newWebhookSecret(seededBytes(3)),
    secret,
  ]);
  const key = Buffer.from(secret.slice('whsec_'.length), 'base64');
  const own = createHmac('sha256', key)
    .update(`msg_1.${headers['webhook-timestamp']}.${body}`)
    .digest('base64');
  expect(headers['webhook-signature'].split(' ')[1]).toBe(`v1,${own}`);
  expect(await verifyWebhook(headers, body, secret)).toEqual(JSON.parse(body));
  expect(await verifyWebhook(new Headers(headers), body, secret)).toEqual(JSON.parse(body));
  await expect(verifyWebhook(headers, `${body} `, secret)).rejects.toThrow('not signed with this secret');
  await expect(verifyWebhook(headers, body, newWebhookSecret(seededBytes(5)))).rejects.toThrow('not signed');
  await expect(verifyWebhook({}, body, secret)).rejects.toThrow('is not signed');
  const old = signedHeaders({ id: 'msg_1', body }, Date.now() - 600_000, [secret]);
  await expect(verifyWebhook(old, body, secret)).rejects.toThrow('of another time');
});

test('a webhook that cannot be is refused with what would be right', async () => {
  const { make, domain } = await createReceiver();
  for (const url of ['hooks.example', 'ftp://hooks.example', 'https://ann:secret@hooks.example/']) {
    await expect(make({ url })).rejects.toMatchObject({ code: 'INVALID_ARGUMENT' });
  }
  await expect(make({ events: [] })).rejects.toThrow('events is empty');
  for (let index = 0; index < 10; index += 1) await make();
  await expect(make()).rejects.toMatchObject({ code: 'CONFLICT' });
  await expect(domain.webhooks.test('blog', 99, operator)).rejects.toMatchObject({
    code: 'WEBHOOK_NOT_FOUND',
  });
});
