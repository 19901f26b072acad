import type { WebhookStorage } from './alerts/storage.ts';
import type { Delivery, Webhook, WebhookSecrets } from './alerts/webhook.ts';
import type { AuditEntry, AuditNote } from './audit.ts';
import type { AdministeredSite } from './site.ts';

type StoredWebhook = { -readonly [Key in keyof (Webhook & WebhookSecrets)]: (Webhook & WebhookSecrets)[Key] };
type StoredDelivery = { -readonly [Key in keyof Delivery]: Delivery[Key] };

/** Webhooks in memory, as the port promises them. */
export function createMemoryWebhooks(
  log: AuditEntry[],
  sites: readonly Pick<AdministeredSite, 'id' | 'archivedAt'>[],
): WebhookStorage {
  const webhooks: StoredWebhook[] = [];
  const deliveries: StoredDelivery[] = [];
  const told = new Map<string, number>();
  let made = 0;

  const noted = (note: AuditNote) => void log.push({ ...note, id: log.length + 1 });
  const find = (id: number) => webhooks.find((webhook) => webhook.id === id);
  const shown = ({ secret: _secret, old: _old, ...webhook }: StoredWebhook): Webhook => webhook;
  const keyOf = (siteId: number, event: string, subject: string) => `${siteId} ${event} ${subject}`;
  function isDueAt({ dueAt, webhookId }: Delivery, now: number): boolean {
    const webhook = find(webhookId);
    const site = sites.find(({ id }) => id === webhook?.siteId);
    return dueAt !== null && dueAt <= now && webhook?.stopped === null && site?.archivedAt === null;
  }
  function enqueue(
    webhookId: number,
    event: Delivery['event'],
    message: { id: string; body: string },
    at: number,
  ) {
    const delivery: StoredDelivery = {
      id: deliveries.length + 1,
      webhookId,
      messageId: `${message.id}_${webhookId}`,
      event,
      body: message.body,
      createdAt: at,
      dueAt: at,
      attempts: 0,
      lastError: null,
      deliveredAt: null,
    };
    deliveries.push(delivery);
    return { ...delivery };
  }

  return {
    list: async (siteId) => webhooks.filter((one) => siteId === null || one.siteId === siteId).map(shown),
    any: async () => webhooks.length > 0,
    async add(given, most, note) {
      if (webhooks.filter(({ siteId }) => siteId === given.siteId).length >= most) return null;
      made += 1;
      const never = { failingSince: null, lastSuccessAt: null, lastFailureAt: null, lastError: null };
      const webhook: StoredWebhook = { ...given, ...never, id: made, stopped: null, old: null };
      webhooks.push(webhook);
      noted(note);
      return shown(webhook);
    },
    async secrets(id) {
      const webhook = find(id);
      return webhook ? { secret: webhook.secret, old: webhook.old } : null;
    },
    async change(id, change, note) {
      const webhook = find(id);
      if (!webhook) return;
      Object.assign(webhook, change);
      noted(note);
    },
    async remove(id, note) {
      const index = webhooks.findIndex((webhook) => webhook.id === id);
      if (index < 0) return;
      webhooks.splice(index, 1);
      noted(note);
    },
    async tell({ siteId, event, subject, at, madeBefore }, message) {
      const key = keyOf(siteId, event, subject);
      const listening = webhooks.filter(
        (webhook) =>
          webhook.siteId === siteId &&
          webhook.stopped === null &&
          webhook.events.some((one) => one === event) &&
          (madeBefore === null || webhook.createdAt < madeBefore),
      );
      if (told.has(key) || (message !== null && listening.length === 0)) return false;
      told.set(key, at);
      if (message) for (const { id } of listening) enqueue(id, event, message, at);
      return true;
    },
    send: async (webhookId, event, message, at) =>
      find(webhookId) ? enqueue(webhookId, event, message, at) : null,
    async told(siteId, event) {
      const beginning = keyOf(siteId, event, '');
      const keys = [...told.keys()].filter((key) => key.startsWith(beginning));
      return new Set(keys.map((key) => key.slice(beginning.length)));
    },
    forget: async (siteId, event, subject) => void told.delete(keyOf(siteId, event, subject)),
    due: async (now, limit) =>
      deliveries
        .filter((delivery) => isDueAt(delivery, now))
        .sort((a, b) => Number(a.dueAt) - Number(b.dueAt) || a.id - b.id)
        .slice(0, limit)
        .flatMap((delivery) => {
          const webhook = find(delivery.webhookId);
          if (!webhook) return [];
          const { secret, old } = webhook;
          return [{ ...delivery, secret, old, webhook: shown(webhook) }];
        }),
    isDue: async (id, now) => deliveries.some((one) => one.id === id && isDueAt(one, now)),
    async settle({ id, webhookId }, { at, attempts, error, dueAt, stop }) {
      const delivery = deliveries.find((one) => one.id === id);
      const webhook = find(webhookId);
      if (!delivery || !webhook) return;
      Object.assign(delivery, { attempts, dueAt, lastError: error, deliveredAt: error === null ? at : null });
      if (error === null) return void Object.assign(webhook, { lastSuccessAt: at, failingSince: null });
      Object.assign(webhook, {
        lastFailureAt: at,
        lastError: error,
        failingSince: webhook.failingSince ?? at,
      });
      if (!stop || webhook.stopped) return;
      webhook.stopped = { at, reason: stop.reason };
      noted(stop.note);
    },
    deliveries: async (webhookId, limit) =>
      deliveries
        .filter((one) => one.webhookId === webhookId)
        .toReversed()
        .slice(0, limit),
    async prune(before) {
      for (const [key, at] of told) if (at < before && key.includes(' digest.')) told.delete(key);
    },
  };
}
