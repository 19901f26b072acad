import { expect, test } from 'vitest';
import { slug } from './words.ts';

test('ten thousand pages have names of their own, of words as URLs have them', () => {
  const slugs = Array.from({ length: 10_000 }, (_, index) => slug(index));
  expect(new Set(slugs).size).toBe(10_000);
  expect(slugs.filter((name) => !/^[a-z]+-[a-z]+(-[2-9])?$/.test(name))).toEqual([]);
});
