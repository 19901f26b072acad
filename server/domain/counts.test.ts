import { describe, expect, test } from 'vitest';
import { MAX_COUNTS } from './counts.ts';
import { about, blog, createWorld, docs, from } from './world.testing.ts';

describe('the count of a page', () => {
  test('is one however its path is written', async () => {
    const { domain, visit } = await createWorld();
    await visit('/café');
    await visit('/caf%c3%a9/');
    for (const path of ['/café', '/caf%C3%A9', '/café//'])
      expect(await domain.counts.count(about('blog'), path)).toBe(2);
  });

  test('is that of all pages that a pattern folds', async () => {
    const { domain, visit } = await createWorld();
    await visit('/user/7');
    await visit('/user/8');
    expect(await domain.counts.count(about('blog'), '/user/9')).toBe(2);
    expect(await domain.counts.count(about('blog'), '/user/:id')).toBe(2);
  });

  test('is 0 where nobody has been, and asks the site nothing', async () => {
    const { domain, asked } = await createWorld();
    expect(await domain.counts.count(about(null), '/never')).toBe(0);
    expect(asked).toEqual([]);
  });

  test('is refused for what is no path, and for a site there is not', async () => {
    const { domain } = await createWorld();
    await expect(domain.counts.count(about('blog'), '//host')).rejects.toMatchObject({
      code: 'INVALID_PATH',
    });
    await expect(domain.counts.count(about('shop'), '/a')).rejects.toMatchObject({ code: 'SITE_NOT_FOUND' });
  });
});

describe('the counts of a site', () => {
  test('come most visited first, as many as asked for, without pages nobody has read', async () => {
    const { domain, visit } = await createWorld();
    for (const path of ['/a', '/b', '/b', '/c']) await visit(path);
    await domain.visits.register({ path: '/unread' }, from('https://blog.example'));
    const all = [
      { path: '/b', count: 2 },
      { path: '/a', count: 1 },
      { path: '/c', count: 1 },
    ];
    expect(await domain.counts.counts(about('blog'), { first: 10 })).toEqual(all);
    expect(await domain.counts.counts(about('blog'), { first: 2 })).toEqual(all.slice(0, 2));
    expect(await domain.counts.total(about('blog'))).toBe(4);
  });

  test('are those of one site only', async () => {
    const { domain, visit } = await createWorld({ sites: [blog, docs] });
    await visit('/a');
    expect(await domain.counts.counts(about('docs'), { first: 10 })).toEqual([]);
    expect(await domain.counts.total(about('docs'))).toBe(0);
    await expect(domain.counts.total(about(null))).rejects.toMatchObject({ code: 'SITE_REQUIRED' });
  });

  test.each([
    0,
    -1,
    1.5,
    Number.NaN,
    Number.POSITIVE_INFINITY,
    MAX_COUNTS + 1,
  ])('cannot be %d at most, and the refusal names the argument', async (first) => {
    const { domain, storage } = await createWorld();
    await expect(domain.counts.counts(about('blog'), { first })).rejects.toMatchObject({
      code: 'INVALID_ARGUMENT',
      message: expect.stringMatching(/^first is /),
    });
    expect(storage.calls('pageCounts')).toBe(0);
  });

  test.each([1, MAX_COUNTS])('can be %d at most', async (first) => {
    const { domain } = await createWorld();
    expect(await domain.counts.counts(about('blog'), { first })).toEqual([]);
  });
});
