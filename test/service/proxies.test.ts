import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { request } from 'node:https';
import type { LookupFunction } from 'node:net';
import { promisify } from 'node:util';
import { describe, expect, onTestFinished, test } from 'vitest';
import { WebSocket } from 'ws';
import { freePort } from '../support/own-programs.ts';
import { serve, temporaryFolder } from '../support/program.ts';
import {
  type ExampleProxy,
  example,
  proxyAbsence,
  startCaddy,
  startExampleHaproxy,
  startNginx,
} from '../support/proxies.ts';
import { startTrackedSite } from '../support/tracked-site.ts';

const toThisMachine: LookupFunction = (_host, { all }, found) =>
  all ? found(null, [{ address: '127.0.0.1', family: 4 }]) : found(null, '127.0.0.1', 4);

const proxies = [
  ['nginx', startNginx, await proxyAbsence.nginx()],
  ['Caddy', startCaddy, await proxyAbsence.caddy()],
  ['HAProxy', startExampleHaproxy, await proxyAbsence.haproxy()],
] as const;

describe.each(proxies)('the example for %s', (_name, start, absence) => {
  test.skipIf(absence !== null)(
    'serves HTTPS, live events over both roads, and the address of the reader',
    async () => {
      const { ask, askFor, port } = await startBehind(start);
      expect(await ask('/count.js')).toContain('https://count.example');

      const socket = new WebSocket(`wss://count.example:${port}/graphql`, 'graphql-transport-ws', {
        rejectUnauthorized: false,
        lookup: toThisMachine,
      });
      await once(socket, 'open');
      socket.send('{"type":"connection_init"}');
      const [greeting] = await once(socket, 'message');
      expect(JSON.parse(String(greeting))).toEqual({ type: 'connection_ack' });
      socket.close();

      // It has no end: what comes of it came unbuffered.
      const event = await ask(`/graphql?query=${encodeURIComponent('subscription{count(path:"/hello")}')}`, {
        accept: 'text/event-stream',
      });
      expect(event).toContain('"count":0');

      // Who claims to be somebody else is who he is: the third wrong token from one address is too many.
      const answers: number[] = [];
      for (const address of ['203.0.113.1', '203.0.113.2', '203.0.113.3']) {
        const claims = { 'x-forwarded-for': address, 'x-real-ip': address, forwarded: `for=${address}` };
        const { status } = await askFor('/api/counts', { ...claims, authorization: 'Bearer wrong' });
        answers.push(status);
      }
      expect(answers).toEqual([401, 401, 429]);
    },
  );
});

test.skipIf(proxies[1][2] !== null).each(['Caddyfile', 'Caddyfile.sub-path', 'Caddyfile.replicas'])(
  '%s is as Caddy would have it',
  async (name) => {
    const folder = await temporaryFolder();
    const file = new URL(`../../server/deploy/${name}`, import.meta.url).pathname;
    const args = ['validate', '--adapter', 'caddyfile', '--config', file];
    const { stderr } = await promisify(execFile)('caddy', args, { env: { ...process.env, HOME: folder } });
    expect(stderr).not.toMatch(/"level":"error"|not formatted/);
    expect(example(name)).toContain('header_up -Forwarded');
  },
);

/** The program behind a proxy that is said to be `https://count.example`. */
async function startBehind(start: (service: number) => Promise<ExampleProxy>) {
  const service = await freePort();
  const site = await startTrackedSite(['/hello']);
  const program = serve(
    {
      OXICOUNT_SOCKET_ADDRESS: `127.0.0.1:${service}`,
      OXICOUNT_BASE_URL: 'https://count.example',
      OXICOUNT_TRUSTED_PROXIES: 'loopback',
      OXICOUNT_TRACKED_ORIGIN: site.url,
      OXICOUNT_LIMITS__FAILED_TOKENS: '2',
    },
    await temporaryFolder(),
  );
  await program.url;
  const proxy = await start(service);
  onTestFinished(async () => {
    await proxy.stop();
    await site.close();
  });
  const askFor = (path: string, headers: Record<string, string>) => askOnce(proxy.port, path, headers);
  const ask = async (path: string, headers: Record<string, string> = {}) => {
    const { status, text } = await askFor(path, headers);
    expect(status).toBe(200);
    return text;
  };
  return { ask, askFor, port: proxy.port };
}

/** What comes first of an answer. */
async function askOnce(port: number, path: string, headers: Record<string, string>) {
  const asked = request({
    ...{ host: 'count.example', port, path, headers, lookup: toThisMachine },
    rejectUnauthorized: false,
    agent: false,
  }).end();
  const [response] = await once(asked, 'response');
  let text = '';
  for await (const chunk of response) {
    text += chunk;
    if (text.includes('event: next')) break;
  }
  asked.destroy();
  return { status: Number(response.statusCode), text };
}
