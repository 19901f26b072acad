import type { AuditNote } from '../audit.ts';
import type { Instant } from '../instant.ts';
import type { Delivery, DueDelivery, EventKind, Webhook, WebhookSecrets } from './webhook.ts';

/** What made an event due; a cause is told once. */
export interface Cause {
  readonly siteId: number;
  readonly event: EventKind;
  /** A day, a referrer, a page. */
  readonly subject: string;
  readonly at: Instant;
  /** Only webhooks that were made before are told; null for all. */
  readonly madeBefore: Instant | null;
}

/** What is sent for a cause. */
export interface Message {
  /** Begins the `webhook-id`; the number of the webhook ends it. */
  readonly id: string;
  readonly body: string;
}

/** How an attempt went. */
export interface Attempt {
  readonly at: Instant;
  readonly attempts: number;
  /** Null where it arrived. */
  readonly error: string | null;
  /** When to try again; null where it arrived or is given up. */
  readonly dueAt: Instant | null;
  /** Stops the webhook, and says so in the audit log. */
  readonly stop: { readonly reason: 'FAILING' | 'GONE'; readonly note: AuditNote } | null;
}

/** What of a webhook is to be another. */
export type WebhookChange = Partial<
  Pick<Webhook, 'url' | 'events' | 'stopped' | 'failingSince'> & WebhookSecrets
>;

/** Webhooks, and what is on its way to them. What is changed by people is noted in the audit log with it. */
export interface WebhookStorage {
  /** In the order they were made. @param siteId null for all */
  list(siteId: number | null): Promise<Webhook[]>;
  /** @returns null where the site has as many as it may */
  add(
    webhook: Pick<Webhook, 'siteId' | 'url' | 'events' | 'createdAt'> & Pick<WebhookSecrets, 'secret'>,
    most: number,
    note: AuditNote,
  ): Promise<Webhook | null>;
  /** @returns null where it is gone */
  secrets(id: number): Promise<WebhookSecrets | null>;
  change(id: number, change: WebhookChange, note: AuditNote): Promise<void>;
  /** Whether there is one, of whatever site. */
  any(): Promise<boolean>;
  /** Takes what is on its way along. */
  remove(id: number, note: AuditNote): Promise<void>;
  /**
   * Puts a message for every webhook of the site that is for the event into the outbox, and remembers the cause: both
   * or neither. Of several processes that see a cause one tells it.
   * @param message null to remember the cause and tell nobody
   * @returns whether it was new, and there was somebody to tell
   */
  tell(cause: Cause, message: Message | null): Promise<boolean>;
  /** Puts a message to one webhook into the outbox. */
  send(webhookId: number, event: EventKind, message: Message, at: Instant): Promise<Delivery | null>;
  /** Which causes of an event were told. */
  told(siteId: number, event: EventKind): Promise<ReadonlySet<string>>;
  /** Lets a cause be told again. */
  forget(siteId: number, event: EventKind, subject: string): Promise<void>;
  /**
   * What is to be sent now, to webhooks that are not stopped, of sites that are neither archived nor being deleted; the
   * longest due first.
   */
  due(now: Instant, limit: number): Promise<DueDelivery[]>;
  /** Whether that is so of this delivery still. */
  isDue(deliveryId: number, now: Instant): Promise<boolean>;
  settle(delivery: Pick<Delivery, 'id' | 'webhookId'>, attempt: Attempt): Promise<void>;
  /** Newest first. */
  deliveries(webhookId: number, limit: number): Promise<Delivery[]>;
  /** Removes what is done since before then, and forgets days that were told before. */
  prune(before: Instant): Promise<void>;
}
