import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { ask } from '../support/graphql.ts';
import { serve, temporaryFolder } from '../support/program.ts';
import { startTrackedSite } from '../support/tracked-site.ts';

const AGENT = 'Netscape/4.5 (a very particular browser)';
const ADDRESS = '203.0.113.77';
const SECRET = `oxi_0123456789ab_${'A'.repeat(43)}`;

test('no log ever holds a visit id, a token, an address or a user agent, at any level', async () => {
  const site = await startTrackedSite(['/a']);
  onTestFinished(() => site.close());
  const cwd = await temporaryFolder();
  const program = serve(
    {
      OXICOUNT_TRACKED_ORIGIN: site.url,
      OXICOUNT_MIN_DELAY_SECS: '0',
      OXICOUNT_TRUSTED_PROXIES: 'loopback',
      OXICOUNT_LOG_LEVEL: 'trace',
      OXICOUNT_LOGS_DIR: './logs',
    },
    cwd,
  );
  const url = await program.url;
  const headers = {
    'user-agent': AGENT,
    'x-forwarded-for': ADDRESS,
    forwarded: `for=${ADDRESS}`,
    cookie: 'me=me',
  };
  const get = (path: string, method = 'GET') => fetch(url + path, { method, headers });
  const id = (await (await get('/register?path=/a')).json()) as string;
  const forged = id.slice(0, 40) + (id[40] === 'A' ? 'B' : 'A') + id.slice(41);
  const paths = [
    `/page-left/${id}/1`,
    `/post-sleep/${id}?referrer_origin=https://news.example`,
    `/post-sleep/${id}`,
    `/post-sleep/${forged}`,
    `/page-left/${id}/1`,
    `/page-left/${forged}/1`,
    `/page-left/${id}/x`,
    `/post-sleep/${id}/more`,
    `/nowhere/${id}`,
    `/post-sleep/${id}%zz`,
    `/register?path=/${id}`,
    '/pixel.gif?path=/a',
    '/pixel.gif?path=/gone',
    '/api/counts',
    '/api/count?path=/a',
    '/api/history?path=/a',
    `/digest.atom?token=${SECRET}`,
    `/digest.atom?token=${SECRET}&token=${SECRET}`,
    '/',
    '/stats?path=/a',
    '/count.js',
    '/demo/',
    '/healthz',
    '/readyz',
  ];
  for (const path of paths) for (const method of ['GET', 'POST']) await (await get(path, method)).text();
  await ask(url, 'mutation ($id: ID!) { postSleep(visitId: $id) { counted } }', { id }, headers);
  await ask(url, `mutation { pageLeft(visitId: "${id}", secondsOnPage: 1) { spentSeconds } }`, {}, headers);
  await ask(url, `mutation { postSleep(visitId: "${id} }`, {}, headers);
  program.kill('SIGTERM');
  expect(await program.exit).toBe(0);

  const files = await readdir(join(cwd, 'logs'));
  const logs = await Promise.all(files.map((file) => readFile(join(cwd, 'logs', file), 'utf8')));
  expect(logs.join('')).toMatch(/"\/post-sleep\/:visitId"/);
  for (const text of [program.output(), ...logs]) {
    for (const secret of [id, forged, id.slice(20, 60), AGENT, 'Netscape', ADDRESS, 'me=me', SECRET]) {
      expect(text).not.toContain(secret);
    }
    // The address it listens on is its own; a client's would have another port or none.
    const { host } = new URL(url);
    expect(text.replaceAll(host, '').replaceAll(new URL(site.url).host, '')).not.toMatch(/127\.0\.0\.1|::1/);
  }
});
