import { setTimeout as pass } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { eachDatabase } from '../support/databases.ts';
import { startTestService, type TestService } from '../support/service.ts';

/**
 * What the script of OxiTraffic 0.9.2 does on a page, as one reads it on the wire: plain GET requests, the answer of
 * the first put into the addresses of the next as it is.
 */
async function readPage(
  { url, site }: TestService,
  reading: { path: string; referrer: string; delayMs: number; seconds: number },
): Promise<void> {
  const get = async (address: string) => {
    const response = await fetch(url + address, { headers: { origin: site.url } });
    // The script gives up on anything else, and a browser shows it the answer only with this header.
    if (!response.ok) throw new Error(await response.text());
    expect(response.headers.get('access-control-allow-origin')).toBe(site.url);
    return response;
  };
  const registration = await (await get(`/register?path=${encodeURIComponent(reading.path)}`)).json();
  await pass(reading.delayMs);
  await get(`/post-sleep/${registration}?referrer_origin=${encodeURIComponent(reading.referrer)}`);
  await get(`/page-left/${registration}/${reading.seconds}`);
}

eachDatabase('pages that embed the script of OxiTraffic', (database) => {
  test('are counted without a change, with referrer and time spent', async () => {
    const service = await startTestService({
      database,
      sites: { blog: { minDelaySecs: 1, timeZone: '+02:00' } },
    });
    const before = Date.now();
    const reading = { path: '/posts/hello/', delayMs: 1_050, seconds: 1 };
    // This one ends with a slash, which the site does not have: OxiTraffic trims it before it asks.
    await readPage(service, { ...reading, path: '/posts/hello', referrer: 'https://news.example' });
    await readPage(service, { ...reading, referrer: '' });

    expect(await (await service.request('/api/counts')).json()).toEqual([{ path: '/posts/hello', count: 2 }]);
    expect(await (await service.request('/api/count?path=/posts/hello')).text()).toBe('2');
    const history = (await (await service.request('/api/history?path=/posts/hello')).json()) as {
      utc_offset: string;
      visits: { registered_at: string; referrer: string | null; spent_time_secs: number }[];
    };
    expect(history.utc_offset).toBe('+02:00');
    expect(history.visits.map(({ referrer, spent_time_secs }) => [referrer, spent_time_secs])).toEqual([
      ['news.example', 1],
      [null, 1],
    ]);
    for (const { registered_at } of history.visits) {
      expect(registered_at).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}$/);
      const at = Date.parse(`${registered_at}+02:00`);
      expect(at).toBeGreaterThanOrEqual(before);
      expect(at).toBeLessThanOrEqual(Date.now());
    }
  });
});
