import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test, vi } from 'vitest';
import { createAdministration } from '../../sdk/src/administration.ts';
import { verifyWebhook } from '../../sdk/src/webhooks.ts';
import { eachDatabase } from '../support/databases.ts';
import { startTestService } from '../support/service.ts';

const ADMIN = 'may-do-everything-there-is';

eachDatabase('a webhook', (database) => {
  test('is made, tried, told by one of two replicas, changed and removed, with methods of the SDK', {
    timeout: 60_000,
  }, async () => {
    const service = await startTestService({ database, adminToken: ADMIN });
    // Another process on the same database looks for what is due too.
    await startTestService({ databaseUrl: service.databaseUrl, adminToken: ADMIN });
    const got: { headers: Record<string, string>; body: string }[] = [];
    const server = createServer(async (request, response) => {
      let body = '';
      for await (const chunk of request) body += chunk;
      got.push({ headers: request.headers as Record<string, string>, body });
      response.writeHead(204).end();
    });
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    onTestFinished(() => void server.close());
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;

    const administration = createAdministration({ url: service.url, token: ADMIN });
    const site = 'blog';
    const made = await administration.createWebhook({
      site,
      input: { url, events: ['DIGEST_WEEKLY', 'SPIKE'] },
    });
    const { id } = made.webhook;
    expect(made.webhook).toMatchObject({ url, events: ['SPIKE', 'DIGEST_WEEKLY'], stoppedAt: null });
    const rotated = await administration.rotateWebhookSecret({ site, id });
    const sent = await administration.testWebhook({ site, id });
    await vi.waitFor(() => expect(got).toHaveLength(1), { timeout: 30_000, interval: 100 });
    const [message] = got;
    if (!message) throw new Error('it arrived');
    for (const secret of [made.secret, rotated.secret]) {
      expect(await verifyWebhook(message.headers, message.body, secret)).toMatchObject({
        type: 'test',
        site: { id: 'blog' },
        data: { message: 'It works.' },
      });
    }
    await vi.waitFor(
      async () => {
        const [delivery] = await administration.webhookDeliveries({ site, id, first: 5 });
        expect(delivery).toMatchObject({ id: sent.id, attempts: 1, deliveredAt: expect.any(String) });
      },
      { timeout: 10_000, interval: 100 },
    );
    expect(message.headers['webhook-id']).toBe(sent.id);
    const paused = await administration.updateWebhook({ site, id, input: { paused: true } });
    expect(paused).toMatchObject({ stopReason: 'PAUSED', events: ['SPIKE', 'DIGEST_WEEKLY'] });
    expect((await administration.webhooks({ site })).map((webhook) => webhook.id)).toEqual([id]);
    await administration.deleteWebhook({ site, id });
    expect(await administration.webhooks({ site })).toEqual([]);
    const actions = (await administration.auditLog({ site, first: 4 })).map(({ action }) => action);
    expect(actions).toEqual(['WEBHOOK_REMOVED', 'WEBHOOK_CHANGED', 'WEBHOOK_CHANGED', 'WEBHOOK_CREATED']);
    expect(got).toHaveLength(1);
  });
});
