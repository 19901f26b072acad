import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Follower } from './following.ts';
import { createKeepFresh, type Source } from './keep-fresh.ts';

const NEWS: Source<number> = { document: 'subscription{visitCounted{id}}', variables: {} };
const PUSHED: Source<number> = {
  document: 'subscription{count}',
  variables: {},
  pushed: ({ count }: { count: number }) => count,
};

/** A value that is kept fresh, and the subscription that does it in the hands of the test. */
function keep(source: Source<number>, signal?: AbortSignal) {
  const told: string[] = [];
  const leaving = new AbortController();
  let follower: Follower | undefined;
  const keepFresh = createKeepFresh((_subscription, given) => {
    follower = given;
    return () => {
      follower = undefined;
    };
  });
  keepFresh(
    source,
    {
      take: (value) => told.push(`take ${value}`),
      refresh: () => told.push('refresh'),
      enter: (state) => told.push(state),
    },
    signal ?? leaving.signal,
  );
  return {
    told,
    leave: () => leaving.abort(),
    isFollowed: () => follower !== undefined,
    open: () => follower?.onState?.('open'),
    lose: () => follower?.onState?.('waiting'),
    event: (data: object = {}) => follower?.onData(data as never),
  };
}

describe('a value that is kept fresh', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('is taken as it is pushed', () => {
    const { told, open, event } = keep(PUSHED);
    open();
    event({ count: 1 });
    event({ count: 2 });
    expect(told).toEqual(['open', 'take 1', 'take 2']);
  });

  it('is read again on news, at once and then at most once in two seconds', () => {
    const { told, open, event } = keep(NEWS);
    open();
    for (let i = 0; i < 9; i++) event();
    expect(told).toEqual(['open', 'refresh']);
    vi.advanceTimersByTime(1_999);
    expect(told).toEqual(['open', 'refresh']);
    vi.advanceTimersByTime(1);
    expect(told).toEqual(['open', 'refresh', 'refresh']);
    vi.advanceTimersByTime(60_000);
    expect(told).toEqual(['open', 'refresh', 'refresh']);
  });

  it('is read again when a lost connection is back, since nobody told what came meanwhile', () => {
    const { told, open, lose } = keep(NEWS);
    open();
    lose();
    open();
    expect(told).toEqual(['open', 'waiting', 'open', 'refresh']);
  });

  it('is not read again then where it is pushed by itself', () => {
    const { told, open, lose } = keep(PUSHED);
    open();
    lose();
    open();
    expect(told).toEqual(['open', 'waiting', 'open']);
  });

  it('is left alone once nobody wants it, even where a reading was due', () => {
    const { told, open, event, leave, isFollowed } = keep(NEWS);
    open();
    event();
    event();
    leave();
    expect(isFollowed()).toBe(false);
    vi.advanceTimersByTime(60_000);
    expect(told).toEqual(['open', 'refresh']);
  });

  it('is never followed where nobody wants it any more before it began', () => {
    expect(keep(NEWS, AbortSignal.abort()).isFollowed()).toBe(false);
  });
});
