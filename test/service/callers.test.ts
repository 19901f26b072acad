import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createClient } from 'graphql-ws';
import { expect, onTestFinished, test } from 'vitest';
import { WebSocket } from 'ws';
import { loadConfig } from '../../server/config/config.ts';
import { CountryDatabaseError } from '../../server/geo/countries.ts';
import { startService } from '../../server/main.ts';
import { sqlite } from '../support/databases.ts';
import { ask } from '../support/graphql.ts';
import { createQuietLog } from '../support/log.ts';
import { temporaryFolder } from '../support/program.ts';
import { startTrackedSite } from '../support/tracked-site.ts';

const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';
const SAFARI =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) ' +
  'Version/18.5 Mobile/15E148 Safari/604.1';
// Servers that have been where they are for decades: Google's resolver, and the root server M of the WIDE project.
const AMERICA = '8.8.8.8';
const JAPAN = '202.12.27.33';

/** A service as its settings make it, whose readers are in front of proxies on this machine. */
async function start(settings: Record<string, string> = {}) {
  const site = await startTrackedSite(['/a']);
  const database = await sqlite.create();
  const config = loadConfig({
    OXICOUNT_SOCKET_ADDRESS: '127.0.0.1:0',
    OXICOUNT_DATABASE_URL: database.url,
    OXICOUNT_TRACKED_ORIGIN: site.url,
    OXICOUNT_MIN_DELAY_SECS: '0',
    ...settings,
  });
  onTestFinished(async () => {
    await site.close();
    await database.remove();
  });
  const { baseUrl: url, stop } = await startService({ config, log: createQuietLog() });
  onTestFinished(stop);

  async function read(headers: Record<string, string>): Promise<void> {
    const registered = await fetch(`${url}/register?path=/a`, { headers });
    const counted = await fetch(`${url}/post-sleep/${await registered.json()}?referrer_origin=&ref=letter`, {
      headers,
    });
    expect([registered.status, counted.status]).toEqual([200, 200]);
  }

  async function figures(filter: Record<string, string> = {}): Promise<unknown> {
    const { data, errors } = await ask(
      url,
      `query ($filter: StatsFilter) {
        stats(range: { preset: TODAY }, filter: $filter) { totals { visits visitors } }
      }`,
      { filter },
    );
    expect(errors).toBeUndefined();
    return (data?.['stats'] as { totals: unknown }).totals;
  }
  return { url, site, read, figures };
}

const from = (address: string, headers: Record<string, string> = {}) => ({
  'user-agent': FIREFOX,
  'x-forwarded-for': address,
  ...headers,
});

test('readers behind a trusted proxy are told apart by their addresses, and have their own country', async () => {
  const { read, figures } = await start({ OXICOUNT_TRUSTED_PROXIES: 'loopback' });
  await read(from(AMERICA));
  await read(from(AMERICA));
  await read(from(JAPAN));
  await read(from(`198.51.100.1, ${JAPAN}, 127.0.0.1`, { 'user-agent': SAFARI }));
  expect(await figures()).toEqual({ visits: 4, visitors: 3 });
  expect(await figures({ country: 'US' })).toEqual({ visits: 2, visitors: 1 });
  expect(await figures({ country: 'JP' })).toEqual({ visits: 2, visitors: 2 });
  expect(await figures({ country: 'JP', browser: 'Safari', device: 'mobile' })).toEqual({
    visits: 1,
    visitors: 1,
  });
});

test('who is no trusted proxy is taken for the reader, whatever is claimed', async () => {
  const { read, figures } = await start({
    OXICOUNT_TRUSTED_PROXIES: '192.0.2.0/24',
    OXICOUNT_COUNTRY_HEADER: 'CF-IPCountry',
  });
  await read(from(AMERICA, { 'cf-ipcountry': 'FR' }));
  await read(from(JAPAN, { 'cf-ipcountry': 'FR' }));
  expect(await figures()).toEqual({ visits: 2, visitors: 1 });
  for (const country of ['US', 'JP', 'FR']) expect(await figures({ country })).toMatchObject({ visits: 0 });
});

test('the country that a trusted proxy says goes before that of the address', async () => {
  const { read, figures } = await start({
    OXICOUNT_TRUSTED_PROXIES: 'loopback',
    OXICOUNT_COUNTRY_HEADER: 'CF-IPCountry',
    OXICOUNT_COUNTRY_DATABASE: 'none',
  });
  await read(from(AMERICA, { 'cf-ipcountry': 'CH' }));
  await read(from(AMERICA, { 'cf-ipcountry': 'XX' }));
  expect(await figures({ country: 'CH' })).toMatchObject({ visits: 1 });
  // Without a table, an address says nothing.
  expect(await figures({ country: 'US' })).toMatchObject({ visits: 0 });
});

test('readers who ask not to be told apart are counted, and are no visitors', async () => {
  const plain = await start({ OXICOUNT_TRUSTED_PROXIES: 'loopback' });
  await plain.read(from(AMERICA, { 'sec-gpc': '1' }));
  expect(await plain.figures()).toEqual({ visits: 1, visitors: 0 });
  await plain.read(from(JAPAN, { dnt: '1' }));
  expect(await plain.figures()).toEqual({ visits: 2, visitors: 1 });

  const respectful = await start({ OXICOUNT_TRUSTED_PROXIES: 'loopback', OXICOUNT_RESPECT_DNT: 'true' });
  await respectful.read(from(JAPAN, { dnt: '1' }));
  await respectful.read(from(JAPAN, { dnt: '0' }));
  expect(await respectful.figures()).toEqual({ visits: 2, visitors: 1 });
});

test('a server counts for its readers with what it forwards, and without an origin', async () => {
  const { url, read, figures } = await start({ OXICOUNT_TRUSTED_PROXIES: 'loopback' });
  await read(from(JAPAN, { 'accept-language': 'ja' }));
  const filter = { country: 'JP', language: 'ja', browser: 'Firefox', campaign: 'letter' };
  expect(await figures(filter)).toEqual({ visits: 1, visitors: 1 });

  // As fetch in Node sends them by itself.
  const id = await (await fetch(`${url}/register?path=/a`)).json();
  expect((await fetch(`${url}/post-sleep/${id}`)).status).toBe(200);
  expect((await fetch(`${url}/page-left/${id}/0`)).status).toBe(200);
  expect(await figures()).toEqual({ visits: 2, visitors: 1 });
});

const REGISTER = 'mutation { register(path: "/a") { visitId } }';
const POST_SLEEP = `mutation ($id: ID!) {
  postSleep(visitId: $id, query: "?utm_source=letter") { counted }
}`;

test('over GraphQL a reader is who sent the request', async () => {
  const { url, figures } = await start({ OXICOUNT_TRUSTED_PROXIES: 'loopback' });
  const headers = from(JAPAN);
  const { data } = await ask(url, REGISTER, {}, headers);
  const { visitId: id } = data?.['register'] as { visitId: string };
  expect(await ask(url, POST_SLEEP, { id }, headers)).toEqual({ data: { postSleep: { counted: true } } });
  expect(await figures({ country: 'JP', campaign: 'letter' })).toEqual({ visits: 1, visitors: 1 });
});

test('over a WebSocket a reader is who opened it', async () => {
  const { url, figures } = await start({ OXICOUNT_TRUSTED_PROXIES: 'loopback' });
  const client = createClient({
    url: `${url.replace('http', 'ws')}/graphql`,
    webSocketImpl: class extends WebSocket {
      constructor(address: string, protocols: string[]) {
        super(address, protocols, { headers: from(JAPAN) });
      }
    },
  });
  onTestFinished(() => client.dispose());
  const once = async (query: string, variables: Record<string, unknown> = {}) => {
    for await (const result of client.iterate({ query, variables })) return result;
    throw new Error('no result');
  };
  const { data } = await once(REGISTER);
  const { visitId: id } = data?.['register'] as { visitId: string };
  expect(await once(POST_SLEEP, { id })).toEqual({ data: { postSleep: { counted: true } } });
  expect(await figures({ country: 'JP', campaign: 'letter' })).toEqual({ visits: 1, visitors: 1 });
});

test('a country database that cannot be used stops the start', async () => {
  const folder = await temporaryFolder();
  await writeFile(join(folder, 'GeoLite2-Country.mmdb'), 'Dear diary');
  for (const name of ['GeoLite2-Country.mmdb', 'gone.mmdb']) {
    const started = start({ OXICOUNT_COUNTRY_DATABASE: join(folder, name) });
    await expect(started).rejects.toThrow(CountryDatabaseError);
    await expect(started).rejects.toThrow(name);
  }
});
