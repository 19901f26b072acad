import pLimit from 'p-limit';
import { DAY_MS } from '../day.ts';
import type { Instant } from '../instant.ts';
import type { Clock, RandomBytes, Storage } from '../ports.ts';
import type { SendOutcome, WebhookSender } from './sender.ts';
import { signedHeaders } from './signature.ts';
import type { Attempt } from './storage.ts';
import type { DueDelivery } from './webhook.ts';

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
/** What is waited after each attempt that failed; after the last of them it is tried once more, and given up. */
const RETRY_AFTER_MS: readonly number[] = [
  5 * SECOND_MS,
  5 * MINUTE_MS,
  30 * MINUTE_MS,
  2 * HOUR_MS,
  5 * HOUR_MS,
  10 * HOUR_MS,
  10 * HOUR_MS,
];
/** A webhook to which everything failed for so long is stopped. */
export const FAILING_DAYS = 5;
/** How much longer than said it is waited at most, so that not all come at once. */
const JITTER = 0.2;
const AT_ONCE = 4;
const READ_AT_ONCE = 50;
// Longer than a run goes on, and the attempts that are then under way.
const LEASE_MS = 2 * MINUTE_MS;
const RUN_MS = MINUTE_MS;

export interface DeliverOptions {
  readonly storage: Pick<Storage, 'webhooks' | 'leaseJob' | 'finishJob' | 'administration'>;
  readonly send: WebhookSender;
  readonly clock: Clock;
  readonly randomBytes: RandomBytes;
}

/**
 * Sends what is due, of all processes in one: at least once, with the same id in every attempt, and one at a time to
 * each webhook.
 * @param isStopping begins no further attempt where it says so
 */
export function createDeliver(options: DeliverOptions): (isStopping: () => boolean) => Promise<void> {
  const { storage, send, clock, randomBytes } = options;

  async function attempt(delivery: DueDelivery): Promise<void> {
    const { webhook, messageId, body, secret, old } = delivery;
    const now = clock();
    // Others went first; meanwhile the site may have been archived, or the webhook paused.
    if (!(await storage.webhooks.isDue(delivery.id, now))) return;
    const secrets = [secret, ...(old && old.until > now ? [old.secret] : [])];
    const headers = signedHeaders({ id: messageId, body }, now, secrets);
    const outcome = await send(webhook.url, body, headers);
    await storage.webhooks.settle(delivery, await verdict(delivery, outcome));
  }

  async function verdict(delivery: DueDelivery, outcome: SendOutcome): Promise<Attempt> {
    const at = clock();
    const attempts = delivery.attempts + 1;
    const error = errorOf(outcome);
    const { webhook } = delivery;
    if (error === null) return { at, attempts, error, dueAt: null, stop: null };
    const since = webhook.failingSince ?? at;
    const isGone = outcome.kind === 'answered' && outcome.status === 410;
    const reason = isGone ? 'GONE' : at - since >= FAILING_DAYS * DAY_MS ? 'FAILING' : null;
    return {
      at,
      attempts,
      error,
      dueAt: isGone ? null : nextAttempt(attempts, outcome, at),
      stop: reason && { reason, note: await noteOf(webhook.siteId, webhook.url, reason, at) },
    };
  }

  function nextAttempt(attempts: number, outcome: SendOutcome, at: Instant): Instant | null {
    const pause = RETRY_AFTER_MS[attempts - 1];
    if (pause === undefined) return null;
    const [byte = 0] = randomBytes(1);
    const own = pause * (1 + (JITTER * byte) / 255);
    const asked = outcome.kind === 'answered' ? (outcome.retryAfterMs ?? 0) : 0;
    return at + Math.round(Math.max(own, Math.min(asked, DAY_MS)));
  }

  async function noteOf(siteId: number, url: string, reason: string, at: Instant) {
    const site = (await storage.administration.sites()).find(({ id }) => id === siteId);
    return {
      at,
      actor: 'maintenance',
      action: 'WEBHOOK_STOPPED',
      site: { id: siteId, slug: site?.slug ?? '' },
      token: null,
      changes: { url: [url, url], stopped: [null, reason] },
    } as const;
  }

  async function sendDue(isStopping: () => boolean): Promise<void> {
    const until = clock() + RUN_MS;
    while (!isStopping() && clock() < until) {
      const due = await storage.webhooks.due(clock(), READ_AT_ONCE);
      if (due.length === 0) return;
      const limit = pLimit(AT_ONCE);
      // What comes after one that failed is read again, as that may have stopped the webhook.
      const first = [...new Map(due.toReversed().map((one) => [one.webhookId, one])).values()];
      await Promise.all(first.map((one) => limit(async () => (isStopping() ? undefined : attempt(one)))));
    }
  }

  return async (isStopping) => {
    const now = clock();
    if ((await storage.webhooks.due(now, 1)).length === 0) return;
    if (!(await storage.leaseJob('webhooks', { now, until: now + LEASE_MS, dueSince: now }))) return;
    try {
      await sendDue(isStopping);
    } finally {
      await storage.finishJob('webhooks', clock());
    }
  };
}

function errorOf(outcome: SendOutcome): string | null {
  if (outcome.kind === 'failed') return outcome.error;
  return outcome.status >= 200 && outcome.status < 300 ? null : `answered ${outcome.status}`;
}
