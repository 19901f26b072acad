import { describe, expect, it } from 'vitest';
import { USUAL_PLACE } from './place.ts';
import type { Site } from './site-list/site-list.ts';
import { administers, fixedFor, placeWithin, type Viewer } from './viewer.ts';

const site = { id: 'blog' } as Site;
const reader: Viewer = { scopes: ['READ'], site: 'blog', filter: [], range: null };
const preset = { preset: 'LAST_7_DAYS', from: null, to: null };

describe('a shared link', () => {
  it('holds its reader to a range, with nothing to compare it with', () => {
    const fixed = fixedFor({ ...reader, range: preset }, site);
    expect(placeWithin({ ...USUAL_PLACE, range: 'all-time' }, fixed)).toEqual({
      ...USUAL_PLACE,
      range: 'last-7-days',
      compare: 'none',
    });
    expect(fixed.statisticsOnly).toBe(true);
  });

  it.each([
    [{ preset: null, from: '2024-03-01', to: '2024-03-31' }, '2024-03-01/2024-03-31'],
    [{ preset: null, from: '2024-03-01', to: null }, '2024-03-01/'],
  ])('with the dates %j is of the range %s', (range, text) => {
    expect(fixedFor({ ...reader, range }, site).range).toBe(text);
  });

  it('adds what it filters by to what its reader chooses', () => {
    const fixed = fixedFor({ ...reader, filter: [{ dimension: 'ENTRY_PAGE', value: '/a' }] }, site);
    const place = placeWithin({ ...USUAL_PLACE, filter: { country: 'DE', entryPage: '/b' } }, fixed);
    expect(place.filter).toEqual({ country: 'DE', entryPage: '/a' });
    expect(fixed.statisticsOnly).toBe(true);
  });

  it('for a page shows that page in detail, with all that pages have', () => {
    const fixed = fixedFor({ ...reader, filter: [{ dimension: 'PAGE', value: '/a' }] }, site);
    expect(placeWithin({ ...USUAL_PLACE, path: '/b' }, fixed)).toEqual({ ...USUAL_PLACE, path: '/a' });
    expect(fixed.statisticsOnly).toBe(false);
  });

  it('holds nobody to anything on another site', () => {
    const place = { ...USUAL_PLACE, path: '/b', range: 'all-time' };
    const other = { id: 'docs' } as Site;
    expect(placeWithin(place, fixedFor({ ...reader, range: preset }, other))).toEqual(place);
    expect(placeWithin(place, fixedFor(null, site))).toEqual(place);
  });
});

it.each([
  [null, false],
  [reader, false],
  [{ ...reader, scopes: ['READ', 'SEND'] }, false],
  [{ ...reader, scopes: ['ADMINISTER_SITE'] }, true],
  [{ ...reader, scopes: ['ADMINISTER_INSTANCE'] }, true],
])('whether %j administers something: %s', (viewer, does) => {
  expect(administers(viewer)).toBe(does);
});
