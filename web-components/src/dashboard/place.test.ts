import { describe, expect, it } from 'vitest';
import { addressOf, placeAt } from './place.ts';

const instance = 'https://count.example/';

describe('a place in the dashboard', () => {
  it.each([
    [{}, '/'],
    [{ site: 'blog' }, '/?site=blog'],
    [{ path: '/caf%C3%A9' }, '/stats?path=%2Fcaf%25C3%25A9'],
    [{ site: 'blog', path: '/a b&c' }, '/stats?path=%2Fa+b%26c&site=blog'],
  ])('%o has the address %s and is found at it again', (place, address) => {
    const url = new URL(addressOf(place, instance));
    expect(url.pathname + url.search).toBe(address);
    expect(placeAt(url.search)).toEqual({ site: undefined, path: undefined, ...place });
  });
});
