import { describe, expect, test } from 'vitest';
import { createMemoryStorage } from './memory-storage.testing.ts';
import type { Site, SiteDeclaration } from './site.ts';
import { createSites } from './sites.ts';
import {
  about,
  accessTo,
  blog,
  createClock,
  deferred,
  docs,
  nobody,
  START,
  settled,
  stored,
} from './world.testing.ts';

const REFRESH_MS = 5_000;

async function withSites(...declarations: SiteDeclaration[]) {
  const storage = createMemoryStorage();
  const clock = createClock();
  await storage.declareSites(declarations, START);
  return {
    storage,
    clock,
    sites: createSites({ storage, access: accessTo(storage, clock.now), clock: clock.now }),
  };
}

describe('the site a request is about', () => {
  test('is the only one where none is named', async () => {
    const { sites } = await withSites(blog);
    for (const slug of [undefined, null, 'blog']) expect((await sites.find(about(slug))).slug).toBe('blog');
  });

  test('has to be named where there are several', async () => {
    const { sites } = await withSites(blog, docs);
    await expect(sites.find(about(null))).rejects.toMatchObject({ code: 'SITE_REQUIRED' });
    expect((await sites.find(about('docs'))).name).toBe('Docs');
  });

  test.each(['shop', '', 'BLOG', '__proto__'])('is not found where none is called %j', async (slug) => {
    const { sites } = await withSites(blog);
    await expect(sites.find(about(slug))).rejects.toMatchObject({ code: 'SITE_NOT_FOUND' });
  });

  test('is not found where there is none yet', async () => {
    const { sites } = await withSites();
    await expect(sites.find(about())).rejects.toMatchObject({ code: 'SITE_NOT_FOUND' });
  });

  test('is that of the origin for a page that is tracked, though there are several', async () => {
    const { sites } = await withSites(blog, docs);
    for (const origin of blog.baseUrls) {
      expect((await sites.tracked(null, { origin })).slug).toBe('blog');
    }
    expect((await sites.tracked('docs', { origin: 'https://docs.example' })).slug).toBe('docs');
    expect((await sites.tracked('docs', nobody)).slug).toBe('docs');
  });

  test('cannot be named by an origin that is another site', async () => {
    const { sites } = await withSites(blog, docs);
    const caller = { origin: 'https://docs.example' };
    await expect(sites.tracked('blog', caller)).rejects.toMatchObject({ code: 'ORIGIN_NOT_ALLOWED' });
    await expect(sites.tracked('shop', caller)).rejects.toMatchObject({ code: 'SITE_NOT_FOUND' });
  });

  test('is the one that the visit began on', async () => {
    const { sites } = await withSites(blog, docs);
    const { id } = await sites.find(about('docs'));
    expect((await sites.ofVisit(id, nobody)).slug).toBe('docs');
    expect((await sites.ofVisit(id, { origin: 'https://docs.example' })).slug).toBe('docs');
    await expect(sites.ofVisit(id, { origin: 'https://blog.example' })).rejects.toMatchObject({
      code: 'ORIGIN_NOT_ALLOWED',
    });
    await expect(sites.ofVisit(99, nobody)).rejects.toMatchObject({ code: 'SITE_NOT_FOUND' });
  });
});

test('browsers may read answers from base URLs of sites, and from nowhere else', async () => {
  const { sites } = await withSites(blog, docs);
  for (const origin of [...blog.baseUrls, ...docs.baseUrls]) {
    expect(await sites.allowsOrigin(origin)).toBe(true);
  }
  for (const origin of ['null', '', 'https://evil.example', 'http://blog.example']) {
    expect(await sites.allowsOrigin(origin)).toBe(false);
  }
});

describe('a change that another process makes', () => {
  test('is seen after a few seconds, and nobody waits for it', async () => {
    const { storage, clock, sites } = await withSites(blog);
    await sites.all(nobody);
    await storage.declareSites([{ ...blog, name: 'Renamed', baseUrls: ['https://new.example'] }], START);
    clock.pass(REFRESH_MS - 1);
    expect((await sites.find(about('blog'))).name).toBe('Blog');
    clock.pass(1);
    expect((await sites.find(about('blog'))).name).toBe('Blog');
    await settled();
    expect((await sites.find(about('blog'))).name).toBe('Renamed');
    expect(await sites.allowsOrigin('https://new.example')).toBe(true);
    expect(await sites.allowsOrigin('https://blog.example')).toBe(false);
  });

  test('is seen by the first request after a quiet time, however long that was', async () => {
    const { storage, clock, sites } = await withSites(blog);
    await sites.all(nobody);
    await storage.declareSites([{ ...blog, visibility: 'private' }], START);
    clock.pass(60 * 60_000);
    const answers = await Promise.allSettled([sites.find(about('blog')), sites.find(about('blog'))]);
    expect(answers.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  });

  test('costs one query each few seconds, however many requests come', async () => {
    const { storage, clock, sites } = await withSites(blog);
    await Promise.all(Array.from({ length: 1_000 }, () => sites.find(about('blog'))));
    expect(storage.calls('sites')).toBe(1);
    clock.pass(REFRESH_MS);
    await Promise.all(Array.from({ length: 1_000 }, () => sites.find(about('blog'))));
    await settled();
    await sites.find(about('blog'));
    expect(storage.calls('sites')).toBe(2);
  });
});

describe('a change that is made here', () => {
  test('is seen by the next request', async () => {
    const { storage, sites } = await withSites(blog);
    await sites.all(nobody);
    await storage.declareSites([{ ...blog, name: 'Renamed' }], START);
    sites.forget();
    expect((await sites.find(about('blog'))).name).toBe('Renamed');
    await Promise.all(Array.from({ length: 100 }, () => sites.find(about('blog'))));
    expect(storage.calls('sites')).toBe(2);
  });

  test('is seen though the sites were being read when it was made', async () => {
    const { storage, clock } = await withSites(blog);
    const before = deferred<Site[]>();
    const answers = [before.promise, Promise.resolve([stored({ ...blog, name: 'Renamed' })])];
    const reading = { sites: () => answers.shift() ?? storage.sites() };
    const sites = createSites({ storage: reading, access: accessTo(storage, clock.now), clock: clock.now });
    const underway = sites.find(about('blog'));
    await settled();
    sites.forget();
    before.resolve([stored(blog)]);
    expect((await underway).name).toBe('Renamed');
    expect((await sites.find(about('blog'))).name).toBe('Renamed');
  });

  test('keeps nobody from the sites known so far while the database is away', async () => {
    const { storage, clock, sites } = await withSites(blog);
    await sites.all(nobody);
    await storage.declareSites([{ ...blog, name: 'Renamed' }], START);
    sites.forget();
    storage.away(true);
    expect((await sites.find(about('blog'))).name).toBe('Blog');
    storage.away(false);
    clock.pass(REFRESH_MS);
    await sites.find(about('blog'));
    expect((await sites.find(about('blog'))).name).toBe('Renamed');
  });

  test('holds for the next request, also where one was reading the sites already', async () => {
    const { storage, clock, sites } = await withSites(blog);
    await sites.all(nobody);
    clock.pass(REFRESH_MS);
    await sites.find(about('blog'));
    await storage.declareSites([{ ...blog, slug: 'renamed' }], START);
    sites.forget();
    expect((await sites.find(about('renamed'))).slug).toBe('renamed');
    expect(await sites.allowsOrigin('https://blog.example')).toBe(true);
  });
});

describe('while the database is away', () => {
  test('the sites known so far are served on, and the query is not repeated all the time', async () => {
    const { storage, clock, sites } = await withSites(blog);
    await sites.all(nobody);
    storage.away(true);
    clock.pass(REFRESH_MS);
    for (let request = 0; request < 100; request += 1) {
      expect((await sites.find(about('blog'))).slug).toBe('blog');
      await settled();
    }
    expect(storage.calls('sites')).toBe(2);

    storage.away(false);
    await storage.declareSites([{ ...blog, name: 'Renamed' }], START);
    clock.pass(REFRESH_MS);
    await sites.all(nobody);
    await settled();
    expect((await sites.find(about('blog'))).name).toBe('Renamed');
  });

  test('a process that knows no site yet says so, and recovers with the first request after', async () => {
    const { storage, sites } = await withSites(blog);
    storage.away(true);
    await expect(sites.find(about('blog'))).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    storage.away(false);
    expect((await sites.find(about('blog'))).slug).toBe('blog');
  });
});
