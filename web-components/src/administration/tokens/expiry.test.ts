import { expect, it } from 'vitest';
import { expiryOf, ON_DAY } from './expiry.ts';

const now = new Date('2026-03-01T12:00:00Z');

it('a token lasts for as long as was chosen', () => {
  expect(expiryOf('7-days', '', now)).toBe('2026-03-08T12:00:00.000Z');
  expect(expiryOf('1-year', '', now)).toBe('2027-03-01T12:00:00.000Z');
  expect(expiryOf('never', '2026-04-01', now)).toBeUndefined();
});

it('on the day that was chosen it is still good, as clocks here show it', () => {
  expect(expiryOf(ON_DAY, '2026-03-31', now)).toBe(new Date(2026, 3, 1).toISOString());
});

it('what is no day is not taken for never', () => {
  expect(expiryOf(ON_DAY, '', now)).toBe('');
  expect(expiryOf(ON_DAY, 'soon', now)).toBe('soon');
});
