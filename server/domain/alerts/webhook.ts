import type { Instant } from '../instant.ts';

/** What a webhook can be told of, with what each is. */
export const webhookEvents = {
  spike: 'The site or a page has far more visits in the last hour than it usually has.',
  new_referrer: 'A site that nobody came from before has brought visits.',
  'digest.daily': 'The figures of a day, compared with those of the day before.',
  'digest.weekly': 'The figures of a week from Monday, compared with those of the week before.',
  test: 'Sent when somebody asks for it, whatever a webhook is for.',
} as const;
export type EventKind = keyof typeof webhookEvents;
/** What a webhook can be made for. */
export type AlertKind = Exclude<EventKind, 'test'>;
export const ALERT_KINDS: readonly AlertKind[] = ['spike', 'new_referrer', 'digest.daily', 'digest.weekly'];

/** Most webhooks of a site. */
export const MAX_WEBHOOKS = 10;

/** Why nothing is sent to a webhook. */
export const stopReasons = {
  PAUSED: 'Somebody paused it.',
  FAILING: 'Every attempt failed for days.',
  GONE: 'The receiver answered 410, which says that it wants no more.',
} as const;
export type StopReason = keyof typeof stopReasons;

/** Where a site tells what happens on it. */
export interface Webhook {
  readonly id: number;
  readonly siteId: number;
  readonly url: string;
  readonly events: readonly AlertKind[];
  readonly createdAt: Instant;
  /** Null where events are sent. */
  readonly stopped: { readonly at: Instant; readonly reason: StopReason } | null;
  /** Since when every attempt failed; null where the last one did not. */
  readonly failingSince: Instant | null;
  readonly lastSuccessAt: Instant | null;
  readonly lastFailureAt: Instant | null;
  /** What was wrong last, in a few words; never what the receiver said. */
  readonly lastError: string | null;
}

/** What signs what a webhook is sent, newest first; an old secret until that instant. */
export interface WebhookSecrets {
  readonly secret: string;
  readonly old: { readonly secret: string; readonly until: Instant } | null;
}

/** An event on its way to a webhook. */
export interface Delivery {
  readonly id: number;
  readonly webhookId: number;
  /** The `webhook-id`, which is the same in every attempt. */
  readonly messageId: string;
  readonly event: EventKind;
  /** The JSON that is sent. */
  readonly body: string;
  readonly createdAt: Instant;
  /** When it is to be tried next; null where it arrived or was given up. */
  readonly dueAt: Instant | null;
  readonly attempts: number;
  readonly lastError: string | null;
  readonly deliveredAt: Instant | null;
}

/** A delivery that is due, with where it goes. */
export interface DueDelivery extends Delivery, WebhookSecrets {
  readonly webhook: Webhook;
}
