import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { oxicountLoader } from '../../sdk/src/astro.ts';
import { fetchSiteCounts } from '../../sdk/src/site-counts.ts';
import { startTestService } from '../support/service.ts';
import { createProject } from './support/project.ts';

test('a build gets the counts of all pages, however it spells their addresses', async () => {
  const service = await startTestService();
  await service.visit('/posts/hello');
  await service.visit('/posts/hello');
  await service.visit('/café');
  const { folder } = await createProject({});
  const visits = await fetchSiteCounts({
    url: service.url,
    site: 'blog',
    cacheFile: join(folder, 'cache.json'),
  });
  expect(visits.total).toBe(3);
  expect(visits.pages[0]).toEqual({ path: '/posts/hello', count: 2 });
  const addresses = [
    '/posts/hello',
    '/posts/hello/',
    '/posts/hello/?page=2#top',
    'https://blog.example/posts/hello',
  ];
  expect(addresses.map(visits.of)).toEqual([2, 2, 2, 2]);
  expect(['/café/', '/caf%C3%A9', '/', '/none'].map(visits.of)).toEqual([1, 1, 0, 0]);
});

test('a build works while the service is down, with what was fetched last', async () => {
  const service = await startTestService();
  await service.visit('/a');
  const { folder } = await createProject({});
  const warnings: string[] = [];
  const options = {
    url: service.url,
    cacheFile: join(folder, '.cache/oxicount.json'),
    maxAgeSecs: 0,
    retries: 0,
    warn: (message: string) => void warnings.push(message),
  };
  const fresh = await fetchSiteCounts(options);
  await service.stop();
  const stale = await fetchSiteCounts(options);
  expect([stale.of('/a'), stale.fetchedAt]).toEqual([1, fresh.fetchedAt]);
  expect(warnings).toEqual([expect.stringContaining(`counts of ${fresh.fetchedAt} are used`)]);
  expect(await readdir(join(folder, '.cache'))).toEqual(['oxicount.json']);
});

test('a build works without service and file, and all counts are 0', async () => {
  const { folder } = await createProject({ 'cache.json': 'half a fi' });
  const warnings: string[] = [];
  const visits = await fetchSiteCounts({
    url: 'http://127.0.0.1:1',
    cacheFile: join(folder, 'cache.json'),
    retries: 0,
    warn: (message) => void warnings.push(message),
  });
  expect([visits.of('/a'), visits.total, visits.fetchedAt]).toEqual([0, 0, null]);
  expect(warnings).toEqual([expect.stringContaining('all counts are 0')]);
});

test('what was fetched a moment ago is not fetched again, and what is of another site is not used', async () => {
  const service = await startTestService({ sites: { blog: {}, docs: {} } });
  await service.visit('/a', { site: 'blog' });
  const { folder } = await createProject({});
  const cacheFile = join(folder, 'cache.json');
  const blog = { url: service.url, site: 'blog', cacheFile };
  await fetchSiteCounts(blog);
  await service.visit('/a', { site: 'blog' });
  expect((await fetchSiteCounts(blog)).of('/a')).toBe(1);
  expect((await fetchSiteCounts({ ...blog, maxAgeSecs: 0 })).of('/a')).toBe(2);
  expect((await fetchSiteCounts({ ...blog, site: 'docs' })).of('/a')).toBe(0);
});

test('the loader gives Astro an entry a page, and says what went wrong in its log', async () => {
  const service = await startTestService();
  await service.visit('/a');
  const { folder } = await createProject({});
  const entries = new Map<string, unknown>();
  const log: string[] = [];
  const context = {
    store: { clear: () => entries.clear(), set: (entry: { id: string }) => entries.set(entry.id, entry) },
    logger: { warn: (message: string) => void log.push(message) },
    parseData: async ({ data }: { data: Record<string, unknown> }) => data,
    generateDigest: (data: Record<string, unknown>) => JSON.stringify(data),
  };
  const loader = oxicountLoader({
    url: service.url,
    cacheFile: join(folder, 'cache.json'),
    maxAgeSecs: 0,
    retries: 0,
  });
  await loader.load(context);
  const data = { path: '/a', count: 1 };
  expect([...entries]).toEqual([['/a', { id: '/a', data, digest: JSON.stringify(data) }]]);
  await service.stop();
  await loader.load(context);
  expect([entries.size, log.length]).toEqual([1, 1]);
});
