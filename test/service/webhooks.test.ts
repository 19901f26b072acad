import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { createAdministration } from '../../sdk/src/administration.ts';
import { verifyWebhook } from '../../sdk/src/webhooks.ts';
import { createOperator } from '../support/command.ts';
import { openFile } from '../support/sqlite.ts';

const PATIENTLY = { timeout: 60_000 };
const SOON = { timeout: 30_000, interval: 100 };

interface Message {
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

/** A program that takes events, and answers each with what it is told to; null for nothing. */
async function startReceiver(answer: (count: number) => number | null = () => 204) {
  const got: Message[] = [];
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    got.push({ headers: request.headers, body });
    const status = answer(got.length);
    if (status !== null) response.writeHead(status).end();
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { got, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook` };
}

test(
  'a webhook is made, listed, tried and removed from the command line, and the service that runs sends to it',
  PATIENTLY,
  async () => {
    const operator = await createOperator({ OXICOUNT_PRIVATE_WEBHOOKS: 'true' });
    const { got, url } = await startReceiver();
    const webhook = (...args: string[]) => operator.command('webhook', ...args, '--site', 'docs');
    await operator.command('site', 'add', 'docs', '--base-url', 'https://docs.example');

    const added = await webhook('add', url, '--event', 'spike', 'digest-weekly');
    expect(added.exit).toBe(0);
    expect(added.standardOutput).toMatch(/^whsec_[A-Za-z0-9+/]+=*\n$/);
    expect(added.output).toContain('Made the webhook 1 of the site docs.');
    expect(await operator.json('webhook', 'list', '--site', 'docs')).toMatchObject([
      { id: 1, url, events: ['spike', 'digest.weekly'], stoppedAt: null, lastSuccessAt: null },
    ]);

    await operator.serve().url;
    const tried = await webhook('test', '1');
    const [id = ''] = /msg_\w+/.exec(tried.standardOutput) ?? [];
    await expect.poll(() => got.length, SOON).toBe(1);
    const [{ headers, body }] = got as [Message];
    expect(headers['webhook-id']).toBe(id);
    expect(await verifyWebhook(headers, body, added.standardOutput.trim())).toMatchObject({
      type: 'test',
      site: { id: 'docs' },
    });
    await expect
      .poll(() => operator.json('webhook', 'deliveries', '1', '--site', 'docs'), SOON)
      .toMatchObject([
        { id, attempts: 1, nextAttemptAt: null, deliveredAt: expect.any(String), body: JSON.parse(body) },
      ]);
    expect((await webhook('deliveries', '1')).output).toMatch(new RegExp(`${id} +test .* 1 +arrived`));
    expect((await webhook('list')).output).toMatch(/spike digest-weekly +active/);

    expect((await webhook('remove', '1')).output).toBe(`The webhook 1 to ${url} is removed.\n`);
    expect((await webhook('list')).output).toMatch(/^The site docs has no webhook\. /);
  },
);

test(
  'a message that was under way when the program was killed comes again, as the same, and 410 stops the webhook',
  PATIENTLY,
  async () => {
    const token = 'may-do-everything-there-is';
    const env = { OXICOUNT_PRIVATE_WEBHOOKS: 'true', OXICOUNT_ADMIN_TOKEN: token };
    const operator = await createOperator(env);
    const { got, url } = await startReceiver((count) => (count === 1 ? null : 410));
    const killed = operator.serve();
    const before = createAdministration({ url: await killed.url, token });
    await before.createSite({ input: { id: 'docs', baseUrls: ['https://docs.example'] } });
    const { webhook } = await before.createWebhook({ site: 'docs', input: { url } });
    const about = { site: 'docs', id: webhook.id };
    await before.testWebhook(about);
    await expect.poll(() => got.length, SOON).toBe(1);
    killed.kill('SIGKILL');
    await killed.exit;
    // As it is minutes later: others wait that long for whoever has begun to send.
    const file = openFile(join(operator.cwd, 'data/oxicount.db'));
    const { changes } = file.prepare("UPDATE oxi_jobs SET leased_until = 0 WHERE name = 'webhooks'").run();
    file.close();
    expect(changes).toBe(1);

    const after = createAdministration({ url: await operator.serve().url, token });
    const reason = async () => (await after.webhooks({ site: 'docs' }))[0]?.stopReason;
    await expect.poll(reason, SOON).toBe('GONE');
    const [first, second] = got;
    expect(second?.body).toBe(first?.body);
    expect(second?.headers['webhook-id']).toBe(first?.headers['webhook-id']);
    expect(await after.webhookDeliveries({ ...about, first: 5 })).toMatchObject([
      { attempts: 1, lastError: 'answered 410', deliveredAt: null, nextAttemptAt: null },
    ]);
    expect(got).toHaveLength(2);
  },
);
