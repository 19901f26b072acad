import { type IncomingMessage, request } from 'node:http';
import { setTimeout as pass } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { startTestService } from '../support/service.ts';
import { openFile } from '../support/sqlite.ts';

const VISITS = 200_000;

/** An answer whose body is still to come. */
function begin(url: string): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => request(url, resolve).on('error', reject).end());
}

/** Adds visits of the one page that was visited, each a little earlier than the one before. */
function addVisits(databaseUrl: string, count: number, perMillisecond = 1): void {
  const database = openFile(databaseUrl.slice('file:'.length));
  database.exec(`
    INSERT INTO oxi_visits (site_id, page_id, registered_at, nonce, spent_seconds)
    WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < ${count})
    SELECT site_id, page_id, registered_at - n / ${perMillisecond}, n, n % 100
    FROM numbers, (SELECT * FROM oxi_visits LIMIT 1)`);
  database.close();
}

test('a history of any length is streamed to a slow reader without being held in memory', async () => {
  const { url, visit, databaseUrl } = await startTestService();
  await visit('/a');
  addVisits(databaseUrl, VISITS - 1);

  const before = process.memoryUsage().heapUsed;
  const response = await begin(`${url}/api/history?path=/a`);
  let bytes = 0;
  let visits = 0;
  let chunks = 0;
  let most = 0;
  let head = '';
  let tail = '';
  for await (const chunk of response) {
    const text = String(chunk);
    if (head === '') head = text.slice(0, 120);
    tail = (tail + text).slice(-160);
    bytes += text.length;
    // One brace closes each visit, and one the whole.
    visits += text.split('}').length - 1;
    chunks += 1;
    // A reader that stops now and then: what is sent meanwhile must wait in the database.
    if (chunks % 100 === 0) {
      await pass(5);
      most = Math.max(most, process.memoryUsage().heapUsed - before);
    }
  }
  expect(visits - 1).toBe(VISITS);
  expect(bytes).toBeGreaterThan(VISITS * 80);
  expect(head).toMatch(/^\{"utc_offset":"\+00:00","visits":\[\{"registered_at":"/);
  expect(tail).toMatch(/\}\]\}$/);
  // All of it as objects and text takes a few times this.
  expect(most).toBeLessThan(60_000_000);
});

test('a long history is one JSON value, oldest first, across all its parts', async () => {
  const { request: fetchPath, visit, databaseUrl } = await startTestService();
  await visit('/a');
  addVisits(databaseUrl, 2_999, 3);
  const { visits } = (await (await fetchPath('/api/history?path=/a')).json()) as {
    visits: { registered_at: string }[];
  };
  expect(visits).toHaveLength(3_000);
  const times = visits.map(({ registered_at }) => registered_at);
  expect(times).toEqual([...times].sort());
});

test('a reader who leaves in the middle of a history does no harm', async () => {
  const { url, visit, request: fetchPath, databaseUrl, log } = await startTestService();
  await visit('/a');
  addVisits(databaseUrl, 50_000);
  const response = await begin(`${url}/api/history?path=/a`);
  await new Promise((resolve) => response.once('data', resolve));
  response.destroy();
  expect(await (await fetchPath('/api/count?path=/a')).text()).toBe('1');
  expect(log.lines.filter(({ level }) => level === 'error')).toEqual([]);
});
