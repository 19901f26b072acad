import { describe, expect, test } from 'vitest';
import { createAdministration } from '../../../sdk/src/administration.ts';
import { startTestService } from '../../support/service.ts';
import { transports } from '../../support/subscriptions.ts';

const ADMIN = 'may-do-everything-there-is';

describe.each(transports)('a subscription over $name', ({ subscribe }) => {
  test('is over within seconds of the end of its token, and is told no visit from then on', async () => {
    const service = await startTestService({
      adminToken: ADMIN,
      sites: { blog: { visibility: 'private' } },
    });
    const { url, visit } = service;
    const administration = createAdministration({ url, token: ADMIN });
    const { secret, token } = await administration.createToken({
      input: { name: 'Reader', scopes: ['READ'], site: 'blog' },
    });
    const subscription = subscribe(url, 'subscription { count(site: "blog", path: "/a") }', {}, secret);
    expect(await subscription.next()).toEqual({ data: { count: 0 } });
    await administration.revokeToken({ id: token.id });
    // What was checked just now may be told of.
    await new Promise((resolve) => setTimeout(resolve, 5_000));
    const next = subscription.next();
    await visit('/a', { site: 'blog' });
    expect(JSON.stringify(await next)).toContain('INVALID_TOKEN');
    await subscription.end();
  });
});
