import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Cause } from '../../server/domain/alerts/storage.ts';
import { MAX_WEBHOOKS, type Webhook } from '../../server/domain/alerts/webhook.ts';
import type { AuditNote } from '../../server/domain/audit.ts';
import type { Storage } from '../../server/domain/ports.ts';
import type { Site } from '../../server/domain/site.ts';
import { createStorage } from '../../server/storage/storage.ts';
import { blog, type OpenedDatabase } from './contract.ts';

const NOW = 1_700_000_000_000;

/** What both databases promise of webhooks and their outbox. */
export function describeWebhooks(name: string, open: () => Promise<OpenedDatabase>): void {
  describe(`webhooks on ${name}`, () => {
    let opened: OpenedDatabase;
    let storage: Storage;
    /** As another process has it. */
    let another: Storage;
    let made = 0;

    beforeAll(async () => {
      opened = await open();
      storage = createStorage(opened.database, () => {});
      another = createStorage(opened.database, () => {});
    });
    afterAll(async () => {
      await storage.close();
      await opened.remove();
    });

    const note = (site: Site, action: AuditNote['action'] = 'WEBHOOK_CREATED'): AuditNote => ({
      at: NOW,
      actor: 'ann',
      action,
      site,
      token: null,
      changes: {},
    });
    async function create(): Promise<{ site: Site; webhook: Webhook }> {
      made += 1;
      const slug = `site-${made}`;
      const declaration = { ...blog, slug, baseUrls: [`https://${slug}.example`] };
      const { site: _site, ...plain } = note({ ...declaration, id: 0 }, 'SITE_CREATED');
      const site = await storage.administration.createSite(declaration, plain);
      return { site, webhook: await add(site) };
    }
    async function add(site: Site, createdAt = NOW): Promise<Webhook> {
      const given = {
        siteId: site.id,
        url: 'https://hooks.example/',
        events: ['digest.daily'],
        createdAt,
      } as const;
      const webhook = await storage.webhooks.add(
        { ...given, secret: 'whsec_AAAA' },
        MAX_WEBHOOKS,
        note(site),
      );
      if (!webhook) throw new Error('there are too many');
      return webhook;
    }
    const causeOf = (site: Site, changes: Partial<Cause> = {}): Cause => ({
      siteId: site.id,
      event: 'digest.daily',
      subject: '2023-11-14',
      at: NOW,
      madeBefore: null,
      ...changes,
    });
    const message = () => {
      made += 1;
      return { id: `msg_${made}`, body: '{}' };
    };
    const dueTo = async (webhook: Webhook, now = NOW) =>
      (await storage.webhooks.due(now, 1_000)).filter(({ webhookId }) => webhookId === webhook.id);
    const attempt = { at: NOW, attempts: 1, error: null, dueAt: null, stop: null };

    test('a cause is told once to each webhook, however many processes see it', async () => {
      const { site, webhook } = await create();
      const second = await add(site);
      const tellers = Array.from({ length: 8 }, (_, index) => (index % 2 ? storage : another));
      const told = await Promise.all(tellers.map(({ webhooks }) => webhooks.tell(causeOf(site), message())));
      expect(told.filter(Boolean)).toHaveLength(1);
      expect(await dueTo(webhook)).toHaveLength(1);
      expect(await dueTo(second)).toHaveLength(1);
      expect(await storage.webhooks.told(site.id, 'digest.daily')).toEqual(new Set(['2023-11-14']));
      await storage.webhooks.forget(site.id, 'digest.daily', '2023-11-14');
      expect(await storage.webhooks.tell(causeOf(site), message())).toBe(true);
    });

    test('a cause that nobody wants to hear of is not taken for told', async () => {
      const { site, webhook } = await create();
      for (const changes of [{ event: 'spike' }, { madeBefore: NOW }] as const) {
        expect(await storage.webhooks.tell(causeOf(site, changes), message())).toBe(false);
      }
      expect(await storage.webhooks.told(site.id, 'spike')).toEqual(new Set());
      expect(await dueTo(webhook)).toEqual([]);
      expect(await storage.webhooks.tell(causeOf(site, { madeBefore: NOW + 1 }), message())).toBe(true);
      expect(await storage.webhooks.tell(causeOf(site, { event: 'spike' }), null)).toBe(true);
      expect(await storage.webhooks.told(site.id, 'spike')).toEqual(new Set(['2023-11-14']));
    });

    test('what arrived is due no more, and what failed later', async () => {
      const { site, webhook } = await create();
      await storage.webhooks.send(webhook.id, 'test', message(), NOW);
      await storage.webhooks.send(webhook.id, 'test', message(), NOW);
      const [first, second] = await dueTo(webhook);
      if (!first || !second) throw new Error('two are due');
      expect(first).toMatchObject({ secret: 'whsec_AAAA', old: null, webhook, body: '{}' });
      await storage.webhooks.settle(first, { ...attempt, error: 'time limit', dueAt: NOW + 5 });
      expect(await storage.webhooks.list(site.id)).toMatchObject([
        { failingSince: NOW, lastError: 'time limit' },
      ]);
      await storage.webhooks.settle(second, attempt);
      expect(await dueTo(webhook, NOW + 4)).toEqual([]);
      expect(await dueTo(webhook, NOW + 5)).toMatchObject([{ messageId: first.messageId, attempts: 1 }]);
      expect(await storage.webhooks.list(site.id)).toMatchObject([
        { failingSince: null, lastSuccessAt: NOW },
      ]);
      const deliveries = await storage.webhooks.deliveries(webhook.id, 10);
      expect(deliveries.map(({ deliveredAt }) => deliveredAt)).toEqual([NOW, null]);
      await storage.webhooks.prune(NOW + 1);
      expect((await storage.webhooks.deliveries(webhook.id, 10)).map(({ id }) => id)).toEqual([first.id]);
    });

    test('a webhook that is stopped is sent nothing until it goes on, and the audit log says so once', async () => {
      const { site, webhook } = await create();
      const delivery = await storage.webhooks.send(webhook.id, 'test', message(), NOW);
      if (!delivery) throw new Error('it is gone');
      const stop = { reason: 'FAILING', note: note(site, 'WEBHOOK_STOPPED') } as const;
      for (let times = 0; times < 2; times += 1) {
        await storage.webhooks.settle(delivery, { ...attempt, error: 'answered 500', dueAt: NOW, stop });
      }
      expect(await dueTo(webhook)).toEqual([]);
      const audit = await storage.administration.audit({ siteId: site.id, before: null, limit: 10 });
      expect(audit.filter(({ action }) => action === 'WEBHOOK_STOPPED')).toHaveLength(1);
      await storage.webhooks.change(webhook.id, { stopped: null }, note(site, 'WEBHOOK_CHANGED'));
      expect(await dueTo(webhook)).toHaveLength(1);
    });

    test('nothing of a site that is archived is due, and again when it is back, until its deletion begins', async () => {
      const { site, webhook } = await create();
      const delivery = await storage.webhooks.send(webhook.id, 'test', message(), NOW);
      const isDue = async () => [
        (await dueTo(webhook)).length === 1,
        await storage.webhooks.isDue(delivery?.id ?? 0, NOW),
      ];
      expect(await isDue()).toEqual([true, true]);
      expect(await storage.webhooks.isDue(delivery?.id ?? 0, NOW - 1)).toBe(false);
      await storage.administration.archiveSite(site.id, NOW, note(site, 'SITE_ARCHIVED'));
      expect(await isDue()).toEqual([false, false]);
      await storage.administration.archiveSite(site.id, null, note(site, 'SITE_RESTORED'));
      expect(await isDue()).toEqual([true, true]);
      await storage.administration.beginDeletion(site.id, note(site, 'SITE_DELETED'));
      expect(await isDue()).toEqual([false, false]);
      expect(await storage.webhooks.any()).toBe(true);
    });

    test('a site has so many webhooks and no more, and what is removed takes its outbox along', async () => {
      const { site, webhook } = await create();
      for (let count = 1; count < MAX_WEBHOOKS; count += 1) await add(site);
      await expect(add(site)).rejects.toThrow('too many');
      await storage.webhooks.change(
        webhook.id,
        { secret: 'whsec_BBBB', old: { secret: 'whsec_AAAA', until: NOW } },
        note(site, 'WEBHOOK_CHANGED'),
      );
      expect(await storage.webhooks.secrets(webhook.id)).toEqual({
        secret: 'whsec_BBBB',
        old: { secret: 'whsec_AAAA', until: NOW },
      });
      await storage.webhooks.send(webhook.id, 'test', message(), NOW);
      await storage.webhooks.remove(webhook.id, note(site, 'WEBHOOK_REMOVED'));
      expect(await storage.webhooks.deliveries(webhook.id, 10)).toEqual([]);
      expect(await storage.webhooks.list(site.id)).toHaveLength(MAX_WEBHOOKS - 1);
    });
  });
}
