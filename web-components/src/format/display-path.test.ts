import { describe, expect, it } from 'vitest';
import { displayPath } from './display-path.ts';

describe('a path as people read it', () => {
  it.each([
    ['/', '/'],
    ['/caf%C3%A9/%E6%97%A5%E6%9C%AC', '/café/日本'],
    ['/%d0%bf%d1%80', '/пр'],
    ['/a%22b', '/a"b'],
  ])('%s is shown as %s', (path, shown) => expect(displayPath(path)).toBe(shown));

  it.each([
    '/a%2Fb',
    '/50%25',
    '/a%3Fb',
    '/a%23b',
    '/a%5Cb',
    '/a%20b',
    '/a%00b',
    '/a%0Ab',
    '/%E2%80%AEexe',
    '/%E2%80%8Bx',
  ])('%s stays as it is, since its character would mislead', (path) => expect(displayPath(path)).toBe(path));

  it.each(['/%ff%fe', '/%C3', '/%zz'])('%s stays as it is, since it is no text', (path) =>
    expect(displayPath(path)).toBe(path));
});
