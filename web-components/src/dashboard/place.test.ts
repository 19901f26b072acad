import { describe, expect, it } from 'vitest';
import { addressOf, type Place, placeIn, queryOf, USUAL_PLACE } from './place.ts';

const instance = 'https://count.example/';
const home = 'https://count.example/';

describe('a place', () => {
  const full: Place = {
    site: 'blog',
    path: '/caf%C3%A9 & more',
    range: '2024-03-01/2024-03-31',
    compare: 'year-before',
    figure: 'bounce-rate',
    filter: { country: 'DE', entryPage: '/a?b', campaign: 'mail / may / +1' },
  };

  it('comes back from its query as it was, whatever characters it has', () => {
    expect(placeIn(queryOf(full, ''))).toEqual(full);
  });

  it('is all that is usual without a query, and has no query then', () => {
    expect(placeIn('')).toEqual({ ...USUAL_PLACE, site: undefined, path: undefined });
    expect(queryOf(placeIn(''), '')).toBe('');
  });

  it('reads well in an address', () => {
    const place = {
      ...USUAL_PLACE,
      site: 'blog',
      range: '2024-03-01/2024-03-31',
      filter: { country: 'DE', page: '/a' },
    };
    expect(queryOf(place, '')).toBe('?site=blog&range=2024-03-01/2024-03-31&page=/a&country=DE');
  });

  it('leaves alone what the address says about other things', () => {
    expect(queryOf({ ...USUAL_PLACE, site: 'docs' }, '?p=12&site=blog&country=DE')).toBe('?p=12&site=docs');
  });

  it('never has a token in its address', () => {
    const place = { ...USUAL_PLACE, token: 'secret' };
    expect(addressOf(place, instance, home)).toBe(home);
  });
});

describe('the address of a place', () => {
  const detail = { ...USUAL_PLACE, path: '/a' };

  it.each([home, `${home}stats?path=/b`])('is / or /stats on the pages of the instance: %s', (current) => {
    expect(addressOf({ ...USUAL_PLACE, site: 'x' }, instance, current)).toBe(`${home}?site=x`);
    expect(addressOf(detail, instance, current)).toBe(`${home}stats?path=/a`);
  });

  it('follows an instance that lives in a folder', () => {
    const folder = 'https://blog.example/count/';
    expect(addressOf(detail, folder, folder)).toBe(`${folder}stats?path=/a`);
  });

  it('is that of the page on which somebody put the dashboard', () => {
    expect(addressOf(detail, instance, 'https://blog.example/figures?x=1')).toBe(
      'https://blog.example/figures?x=1&path=/a',
    );
  });
});
