import { describe, expect, test } from 'vitest';
import { decode, encode, type Message } from './wire.ts';

const visit = {
  siteId: 1,
  pageId: 7,
  registeredAt: 1_709_294_400_000,
  nonce: 281_474_976_710_655,
  path: '/caf%C3%A9',
  referrer: 'news.example',
  spentSeconds: null,
};
const full: Message = {
  from: 'a1b2c3d4',
  number: 12,
  lost: true,
  bye: false,
  at: 1_709_294_400_123,
  commit: {
    counted: [visit, { ...visit, referrer: null, spentSeconds: 3 }],
    pages: [{ siteId: 1, path: '/caf%C3%A9', visits: 2, views: 5 }],
    voted: [{ siteId: 1, path: '/a', up: 3, down: 1, changes: 9 }],
    sites: [1, 2],
  },
  changes: [{ of: 'sites' }, { of: 'secrets' }, { of: 'anything' }, { of: 'token', prefix: '0123456789ab' }],
};

test('a message arrives as it was sent', () => {
  expect(decode(encode(full))).toEqual(full);
});

test('what is empty takes no space', () => {
  const commit = { counted: [], pages: [], voted: [], sites: [] };
  expect(encode({ ...full, lost: false, at: null, commit, changes: [] })).toBe(
    '{"v":1,"from":"a1b2c3d4","n":12}',
  );
});

test('one of an earlier program, which does not say when, is as good', () => {
  const { at: _, ...earlier } = JSON.parse(encode(full));
  expect(decode(JSON.stringify(earlier))).toEqual({ ...full, at: null });
});

test('keys of a later program are ignored', () => {
  const written = JSON.stringify({ ...JSON.parse(encode(full)), weather: 'fine' });
  expect(decode(written)).toEqual(full);
});

describe('what is said instead of', () => {
  test.each([
    ['', 'what is no JSON'],
    ['{"v":1', 'what is no JSON'],
    ['null', 'version undefined'],
    ['{"v":2,"from":"a","n":1}', 'version 2'],
    ['{"v":1,"n":1}', 'what is no message of version 1'],
    ['{"v":1,"from":"a","n":1,"visits":[[1]]}', 'what is no message of version 1'],
    ['{"v":1,"from":"a","n":1,"changes":[["weather"]]}', 'what is no message of version 1'],
  ])('%s', (written, unreadable) => {
    expect(decode(written)).toEqual({ unreadable });
  });
});
