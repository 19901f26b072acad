import { describe, expect, test } from 'vitest';
import { createPeers } from './peers.ts';

describe('of what another process had to tell', () => {
  test('nothing is missed where its batches come one after the other', () => {
    const { heard } = createPeers();
    expect(heard('a', 0, 0)).toBe(false);
    expect([1, 2, 3].map((number) => heard('a', number, 1))).toEqual([false, false, false]);
    expect(heard('a', 3, 0)).toBe(false);
  });

  test('a batch that was left out is missed, as the next one shows, once', () => {
    const { heard } = createPeers();
    heard('a', 1, 1);
    expect(heard('a', 3, 1)).toBe(true);
    expect(heard('a', 4, 1)).toBe(false);
  });

  test('the last batch is missed too, as the next beat shows', () => {
    const { heard } = createPeers();
    heard('a', 1, 1);
    expect(heard('a', 2, 0)).toBe(true);
    expect(heard('a', 2, 0)).toBe(false);
  });

  test('what it told before it was heard for the first time is not missed', () => {
    const { heard } = createPeers();
    expect([heard('a', 7, 1), heard('b', 5, 0)]).toEqual([false, false]);
    expect([heard('a', 9, 1), heard('b', 6, 0)]).toEqual([true, true]);
  });
});

describe('a process that is silent', () => {
  test('for three beats is gone, and what it could not tell is missed, once', () => {
    const { heard, beat } = createPeers();
    heard('a', 0, 0);
    heard('b', 0, 0);
    expect([beat(), beat()]).toEqual([false, false]);
    heard('b', 0, 0);
    expect([beat(), beat()]).toEqual([true, false]);
  });

  test('after it said that it ends has told everything', () => {
    const { heard, left, beat } = createPeers();
    heard('a', 3, 1);
    left('a');
    expect([beat(), beat(), beat(), beat()]).toEqual([false, false, false, false]);
  });
});
