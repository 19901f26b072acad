import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Answer } from './answer.ts';
import { counts, pageLeft, register } from './generated/operations.ts';
import { OxicountError } from './oxicount-error.ts';
import { type Ask, createRequest, type Patience, type Question } from './request.ts';

const AWAY: Answer = { errors: [{ message: 'busy', extensions: { code: 'UNAVAILABLE' } }] };
const FINE: Answer = { data: { counts: [], pageLeft: { spentSeconds: 1 } } };
const LEFT = { visitId: 'x', secondsOnPage: 1 };

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** A network that gives these answers in turn, and rejects where one is an error. */
function network(answers: readonly (Answer | Error)[], options: Patience & { site?: string } = {}) {
  const asked: Question[] = [];
  const ask: Ask = async (question) => {
    asked.push(question);
    const answer = answers[asked.length - 1] ?? new Error('no more answers');
    if (answer instanceof Error) throw answer;
    return answer;
  };
  return { asked, request: createRequest(ask, options) };
}

/** Runs the clock until the promise is settled, and gives how long that took or why it was rejected. */
async function settle(promise: Promise<unknown>) {
  const from = Date.now();
  const outcome = promise.then(
    () => 'fine',
    (error: OxicountError) => error.code,
  );
  await vi.runAllTimersAsync();
  return [await outcome, Date.now() - from];
}

test('a query that gets no answer is repeated twice', async () => {
  const { asked, request } = network([new Error('refused'), AWAY, FINE]);
  const [outcome] = await settle(request(counts));
  expect([outcome, asked.length]).toEqual(['fine', 3]);
});

test('a query is repeated no more often than that', async () => {
  const { asked, request } = network([AWAY, AWAY, AWAY, FINE]);
  const [outcome] = await settle(request(counts));
  expect([outcome, asked.length]).toEqual(['UNAVAILABLE', 3]);
});

test('what changes something twice when it is sent twice is sent once', async () => {
  const { asked, request } = network([AWAY, FINE]);
  const [outcome] = await settle(request(register, { path: '/' }));
  expect([outcome, asked.length]).toEqual(['UNAVAILABLE', 1]);
});

test('what may come several times is repeated', async () => {
  const { asked, request } = network([new Error('refused'), FINE]);
  const [outcome] = await settle(request(pageLeft, LEFT));
  expect([outcome, asked.length]).toEqual(['fine', 2]);
});

test('a refusal for good is not repeated', async () => {
  const { asked, request } = network([
    { errors: [{ message: 'no', extensions: { code: 'SITE_NOT_FOUND' } }] },
    FINE,
  ]);
  const [outcome] = await settle(request(counts));
  expect([outcome, asked.length]).toEqual(['SITE_NOT_FOUND', 1]);
});

test.each(['UNAVAILABLE', 'RATE_LIMITED'])('the wait is what the instance says (%s)', async (code) => {
  const later: Answer = { errors: [{ message: 'busy', extensions: { code, retryAfterSecs: 3 } }] };
  const { request } = network([later, FINE], { timeoutMs: 5_000 });
  expect((await settle(request(counts)))[0]).toBe('fine');
  // Longer than the caller wants to wait: the reason now is better than a time-out later.
  const hasty = network([later, FINE], { timeoutMs: 2_000 });
  expect(await settle(hasty.request(counts))).toEqual([code, expect.any(Number)]);
  expect(hasty.asked).toHaveLength(1);
});

test('a request ends after its time', async () => {
  const request = createRequest(({ signal }) => until(signal), {});
  expect(await settle(request(counts))).toEqual(['TIMEOUT', 10_000]);
  expect(await settle(request(counts, {}, { timeoutMs: 5 }))).toEqual(['TIMEOUT', 5]);
});

test('a request ends when its signal aborts, also while it waits to be repeated', async () => {
  const { request } = network([AWAY, FINE]);
  const stop = new AbortController();
  const asking = request(counts, {}, stop).catch((error) => error);
  setTimeout(() => stop.abort('enough'), 10);
  await vi.runAllTimersAsync();
  expect(await asking).toBeInstanceOf(OxicountError);
  expect(await asking).toMatchObject({ code: 'ABORTED', cause: 'enough' });
});

test('a request whose signal has aborted is not sent', async () => {
  const { asked, request } = network([FINE]);
  expect(await settle(request(counts, {}, { signal: AbortSignal.abort() }))).toEqual(['ABORTED', 0]);
  expect(asked).toEqual([]);
});

test('the site of the client is that of its requests, unless they name one', async () => {
  const { asked, request } = network([FINE, FINE, FINE], { site: 'blog' });
  await settle(request(counts));
  await settle(request(counts, { site: 'docs' }));
  await settle(request(pageLeft, LEFT));
  expect(asked.map(({ variables }) => variables)).toEqual([{ site: 'blog' }, { site: 'docs' }, LEFT]);
});

function until(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(new Error('aborted')));
  });
}
