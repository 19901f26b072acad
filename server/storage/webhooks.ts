import type { WebhookChange, WebhookStorage } from '../domain/alerts/storage.ts';
import {
  ALERT_KINDS,
  type AlertKind,
  type Delivery,
  type EventKind,
  type StopReason,
  type Webhook,
  type WebhookSecrets,
} from '../domain/alerts/webhook.ts';
import { addNote } from './audit.ts';
import type { Queries } from './database.ts';
import type { Delivery as DeliveryRow, Webhook as Row } from './generated/sqlite/client.ts';
import type { Work } from './work.ts';

/** Webhooks and their outbox. */
export function createWebhookStorage({ read, change }: Work): WebhookStorage {
  return {
    async list(siteId) {
      const where = siteId === null ? {} : { siteId };
      const rows = await read((queries) => queries.webhook.findMany({ where, orderBy: { id: 'asc' } }));
      return rows.map(webhookOf);
    },
    async any() {
      return (await read((queries) => queries.webhook.findFirst({ select: { id: true } }))) !== null;
    },
    add: (webhook, most, note) =>
      change(async (queries) => {
        if ((await queries.webhook.count({ where: { siteId: webhook.siteId } })) >= most) return null;
        const data = { ...webhook, events: JSON.stringify(webhook.events) };
        const row = await queries.webhook.create({ data });
        await addNote(queries, note);
        return webhookOf(row);
      }),
    async secrets(id) {
      const row = await read((queries) => queries.webhook.findUnique({ where: { id } }));
      return row && secretsOf(row);
    },
    change: (id, wanted, note) =>
      change(async (queries) => {
        const { count } = await queries.webhook.updateMany({ where: { id }, data: columnsOf(wanted) });
        if (count > 0) await addNote(queries, note);
      }),
    remove: (id, note) =>
      change(async (queries) => {
        await queries.delivery.deleteMany({ where: { webhookId: id } });
        const { count } = await queries.webhook.deleteMany({ where: { id } });
        if (count > 0) await addNote(queries, note);
      }),
    tell: ({ siteId, event, subject, at, madeBefore }, message) =>
      change(async (queries) => {
        const key = { siteId, event, subject };
        if (await queries.told.findUnique({ where: { siteId_event_subject: key } })) return false;
        const made = madeBefore === null ? {} : { createdAt: { lt: madeBefore } };
        const rows = await queries.webhook.findMany({ where: { siteId, stoppedAt: null, ...made } });
        const listening = rows.map(webhookOf).filter(({ events }) => events.some((one) => one === event));
        if (message !== null && listening.length === 0) return false;
        await queries.told.create({ data: { ...key, at } });
        if (message === null) return true;
        for (const webhook of listening) await enqueue(queries, webhook, event, message, at);
        return true;
      }),
    send: (webhookId, event, message, at) =>
      change(async (queries) => {
        const webhook = await queries.webhook.findUnique({ where: { id: webhookId } });
        return webhook && enqueue(queries, webhook, event, message, at);
      }),
    async told(siteId, event) {
      const rows = await read((queries) => queries.told.findMany({ where: { siteId, event } }));
      return new Set(rows.map(({ subject }) => subject));
    },
    forget: (siteId, event, subject) =>
      change(async (queries) => void (await queries.told.deleteMany({ where: { siteId, event, subject } }))),
    async due(now, limit) {
      const rows = await read((queries) =>
        queries.delivery.findMany({
          where: isDueAt(now),
          orderBy: [{ dueAt: 'asc' }, { id: 'asc' }],
          take: limit,
          include: { webhook: true },
        }),
      );
      return rows.map(({ webhook, ...row }) => ({
        ...deliveryOf(row),
        ...secretsOf(webhook),
        webhook: webhookOf(webhook),
      }));
    },
    async isDue(id, now) {
      const where = { id, ...isDueAt(now) };
      return (await read((queries) => queries.delivery.findFirst({ where, select: { id: true } }))) !== null;
    },
    settle: ({ id, webhookId }, { at, attempts, error, dueAt, stop }) =>
      change(async (queries) => {
        const arrived = error === null;
        const { count } = await queries.delivery.updateMany({
          where: { id },
          data: { attempts, dueAt, lastError: error, deliveredAt: arrived ? at : null },
        });
        // It was removed meanwhile, with the webhook.
        if (count === 0) return;
        const where = { id: webhookId };
        if (arrived) {
          const data = { lastSuccessAt: at, failingSince: null };
          await queries.webhook.updateMany({ where, data });
          return;
        }
        await queries.webhook.updateMany({ where, data: { lastFailureAt: at, lastError: error } });
        await queries.webhook.updateMany({
          where: { ...where, failingSince: null },
          data: { failingSince: at },
        });
        if (!stop) return;
        const stopped = await queries.webhook.updateMany({
          where: { ...where, stoppedAt: null },
          data: { stoppedAt: at, stopReason: stop.reason },
        });
        if (stopped.count > 0) await addNote(queries, stop.note);
      }),
    async deliveries(webhookId, limit) {
      const rows = await read((queries) =>
        queries.delivery.findMany({ where: { webhookId }, orderBy: { id: 'desc' }, take: limit }),
      );
      return rows.map(deliveryOf);
    },
    async prune(before) {
      const isOld = {
        createdAt: { lt: before },
        OR: [{ dueAt: null }, { webhook: { stoppedAt: { not: null } } }],
      };
      const wereDigests = { at: { lt: before }, event: { startsWith: 'digest.' } };
      // Mostly there is nothing to do, which is seen without keeping anybody waiting.
      const [delivery, told] = await Promise.all([
        read((queries) => queries.delivery.findFirst({ where: isOld, select: { id: true } })),
        read((queries) => queries.told.findFirst({ where: wereDigests, select: { siteId: true } })),
      ]);
      if (delivery === null && told === null) return;
      await change(async (queries) => {
        await queries.delivery.deleteMany({ where: isOld });
        await queries.told.deleteMany({ where: wereDigests });
      });
    },
  };
}

/** A site whose deletion began is archived too. */
function isDueAt(now: number) {
  return { dueAt: { lte: now }, webhook: { stoppedAt: null, site: { archivedAt: null } } };
}

async function enqueue(
  queries: Queries,
  { id: webhookId, siteId }: { readonly id: number; readonly siteId: number },
  event: EventKind,
  message: { readonly id: string; readonly body: string },
  at: number,
): Promise<Delivery> {
  const messageId = `${message.id}_${webhookId}`;
  const data = { webhookId, siteId, messageId, event, body: message.body, createdAt: at, dueAt: at };
  return deliveryOf(await queries.delivery.create({ data }));
}

function columnsOf({ url, events, stopped, failingSince, secret, old }: WebhookChange) {
  return {
    ...(url === undefined ? {} : { url }),
    ...(events === undefined ? {} : { events: JSON.stringify(events) }),
    ...(stopped === undefined ? {} : { stoppedAt: stopped?.at ?? null, stopReason: stopped?.reason ?? null }),
    ...(failingSince === undefined ? {} : { failingSince }),
    ...(secret === undefined ? {} : { secret }),
    ...(old === undefined ? {} : { oldSecret: old?.secret ?? null, oldSecretUntil: old?.until ?? null }),
  };
}

function webhookOf(row: Row): Webhook {
  return {
    id: row.id,
    siteId: row.siteId,
    url: row.url,
    events: eventsOf(row.events),
    createdAt: Number(row.createdAt),
    stopped:
      row.stoppedAt === null ? null : { at: Number(row.stoppedAt), reason: row.stopReason as StopReason },
    failingSince: instantOf(row.failingSince),
    lastSuccessAt: instantOf(row.lastSuccessAt),
    lastFailureAt: instantOf(row.lastFailureAt),
    lastError: row.lastError,
  };
}

/** One that is not known, as of a later version, is for nothing. */
function eventsOf(column: string): readonly AlertKind[] {
  const stored: unknown[] = JSON.parse(column);
  return ALERT_KINDS.filter((kind) => stored.includes(kind));
}

function secretsOf({ secret, oldSecret, oldSecretUntil }: Row): WebhookSecrets {
  const old =
    oldSecret === null || oldSecretUntil === null
      ? null
      : { secret: oldSecret, until: Number(oldSecretUntil) };
  return { secret, old };
}

function deliveryOf({ siteId: _siteId, ...row }: DeliveryRow): Delivery {
  return {
    ...row,
    event: row.event as EventKind,
    createdAt: Number(row.createdAt),
    dueAt: instantOf(row.dueAt),
    deliveredAt: instantOf(row.deliveredAt),
  };
}

function instantOf(column: bigint | null): number | null {
  return column === null ? null : Number(column);
}
