import { afterEach, describe, expect, it, vi } from 'vitest';
import { ServiceError } from '../transport/service-error.ts';
import { Latest } from './latest.ts';

describe('the latest reading', () => {
  afterEach(() => void vi.useRealTimers());

  it('is repeated by itself when the service was away, and not when it refused', async () => {
    vi.useFakeTimers();
    const ask = vi.fn<() => Promise<number>>();
    ask.mockRejectedValueOnce(new ServiceError('UNAVAILABLE', 'away'));
    ask.mockRejectedValueOnce(new ServiceError('SITE_NOT_FOUND', 'gone'));
    const latest = new Latest<number>(() => {});
    await latest.read(ask);
    await vi.advanceTimersByTimeAsync(5_000);
    expect([ask.mock.calls.length, latest.error?.code]).toEqual([2, 'SITE_NOT_FOUND']);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(ask).toHaveBeenCalledTimes(2);
  });

  it('keeps what was known when a later reading fails, and forgets the failure when one succeeds', async () => {
    const latest = new Latest<number>(() => {});
    await latest.read(async () => 1);
    await latest.read(() => Promise.reject(new ServiceError('UNAVAILABLE', 'away')));
    expect([latest.value, latest.error?.code]).toEqual([1, 'UNAVAILABLE']);
    await latest.read(async () => 2);
    expect([latest.value, latest.error]).toEqual([2, undefined]);
  });

  it('is the one asked for last, even when an earlier one answers later', async () => {
    const latest = new Latest<string>(() => {});
    let answerLate = (_: string) => {};
    const first = latest.read(
      () =>
        new Promise((resolve) => {
          answerLate = resolve;
        }),
    );
    await latest.read(async () => 'second');
    answerLate('first');
    await first;
    expect(latest.value).toBe('second');
  });

  it('reports nothing after it was stopped', async () => {
    const changed = vi.fn();
    const latest = new Latest<string>(changed);
    const reading = latest.read(async () => 'late');
    latest.stop();
    changed.mockClear();
    await reading;
    expect([changed.mock.calls.length, latest.value]).toEqual([0, undefined]);
  });
});
