import { expect, it } from 'vitest';
import type { Token } from '../administered.ts';
import { inOrder, standingOf } from './standing.ts';

const now = new Date('2026-03-01T12:00:00Z');
const token = (id: string, changes: Partial<Token> = {}): Token => ({
  id,
  name: id,
  scopes: ['READ'],
  site: null,
  filter: [],
  range: null,
  createdAt: '2026-01-01T00:00:00Z',
  expiresAt: null,
  lastUsedAt: null,
  revokedAt: null,
  ...changes,
});

it('a token is good until it expires or is revoked', () => {
  expect(standingOf(token('a'), now)).toBe('good');
  expect(standingOf(token('a', { expiresAt: '2026-03-01T12:00:01Z' }), now)).toBe('good');
  expect(standingOf(token('a', { expiresAt: '2026-03-01T12:00:00Z' }), now)).toBe('expired');
  const both = { expiresAt: '2026-02-01T00:00:00Z', revokedAt: '2026-01-02T00:00:00Z' };
  expect(standingOf(token('a', both), now)).toBe('revoked');
});

it('the newest come first, and last those that are good for nothing', () => {
  const made = [token('old'), token('gone', { revokedAt: '2026-01-02T00:00:00Z' }), token('new')];
  expect(inOrder(made, now).map(({ id }) => id)).toEqual(['new', 'old', 'gone']);
});
