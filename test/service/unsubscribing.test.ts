import { expect, onTestFinished, test, vi } from 'vitest';
import type { Domain } from '../../server/domain/domain.ts';
import { noLimits } from '../../server/domain/limits.testing.ts';
import { addGraphQL } from '../../server/graphql/server.ts';
import { createCallerOf } from '../../server/http/caller.ts';
import { createRequestIds } from '../../server/http/request-id.ts';
import { createHttpServer } from '../../server/http/server.ts';
import { createRefusals } from '../../server/refusals.ts';
import { createQuietLog } from '../support/log.ts';
import { transports } from '../support/subscriptions.ts';

const callerOf = createCallerOf({ trustedProxies: [], countryHeader: null });
const requestIdOf = createRequestIds(() => false);

/** A service whose only subscription says one value and then waits for ever, and tells how many listen. */
async function startListening() {
  let listeners = 0;
  const count = async (): Promise<AsyncIterableIterator<number>> => {
    listeners += 1;
    const values = [1];
    let end: (result: IteratorResult<number>) => void = () => {};
    const iterator: AsyncIterableIterator<number> = {
      next: async () => {
        const value = values.pop();
        if (value !== undefined) return { value, done: false };
        return new Promise((resolve) => {
          end = resolve;
        });
      },
      async return() {
        listeners -= 1;
        end({ value: undefined, done: true });
        return { value: undefined, done: true };
      },
      [Symbol.asyncIterator]: () => iterator,
    };
    return iterator;
  };
  const domain = { live: { count }, limits: noLimits() } as unknown as Domain;
  const log = createQuietLog();
  const refusals = createRefusals({ log, ping: async () => {} });
  const app = await createHttpServer({
    domain,
    log,
    refusals,
    baseUrl: 'http://localhost',
    callerOf,
    requestIdOf,
  });
  await addGraphQL(app, {
    domain,
    entities: {} as never,
    log,
    refusals,
    callerOf,
    requestIdOf,
    baseUrl: 'http://127.0.0.1',
    development: false,
  });
  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  onTestFinished(() => app.close());
  return { url, listeners: () => listeners };
}

for (const { name, subscribe } of transports) {
  test(`a subscriber who leaves is listened for no longer (${name})`, async () => {
    const { url, listeners } = await startListening();
    const subscriptions = Array.from({ length: 5 }, () =>
      subscribe(url, 'subscription { count(path: "/a") }'),
    );
    for (const subscription of subscriptions) {
      expect(await subscription.next()).toEqual({ data: { count: 1 } });
    }
    expect(listeners()).toBe(5);
    await subscriptions.pop()?.end();
    await vi.waitFor(() => expect(listeners()).toBe(4));
    await Promise.all(subscriptions.map((subscription) => subscription.end()));
    await vi.waitFor(() => expect(listeners()).toBe(0));
  });
}
