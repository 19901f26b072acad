import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { verifyWebhook } from '../../sdk/src/webhooks.ts';
import { createOperator } from '../support/command.ts';

const PATIENTLY = { timeout: 60_000 };
const SOON = { timeout: 30_000, interval: 100 };

interface Message {
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

/** A program that takes events. */
async function startReceiver() {
  const got: Message[] = [];
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    got.push({ headers: request.headers, body });
    response.writeHead(204).end();
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
