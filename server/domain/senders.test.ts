import { describe, expect, test } from 'vitest';
import { operator } from './access.ts';
import type { Caller } from './caller.ts';
import type { Scope } from './scope.ts';
import { blog, createWorld, docs, from, nobody, type WorldOptions } from './world.testing.ts';

const READERS = ['198.51.100.1', '198.51.100.2'];

async function createScene(options: WorldOptions = {}) {
  const world = await createWorld({ sites: [blog, docs], ...options });
  const { domain, clock, storage } = world;

  async function tokenWith(scope: Scope, site: string | null = null): Promise<string> {
    return (await domain.tokens.create({ name: scope, scopes: [scope], site }, operator)).text;
  }
  /** Counts a visit of each reader on the blog, and tells how many visitors there were. */
  async function visitorsOf(sender: Partial<Caller>): Promise<number> {
    const before = storage.counted().length;
    for (const claimed of READERS) {
      const caller = { ...nobody, claimed, ...sender };
      const { visitId } = await domain.visits.register({ site: 'blog', path: '/a' }, caller);
      clock.pass(blog.minDelaySecs * 1_000);
      await domain.visits.postSleep({ visitId }, caller);
    }
    const visitors = storage.counted().slice(before);
    return new Set(visitors.map(({ visitor }) => visitor?.pseudonym)).size;
  }
  return { ...world, tokenWith, visitorsOf };
}

describe('a server that sends visits for its readers', () => {
  test.each<[Scope, string | null]>([
    ['SEND', null],
    ['SEND', 'blog'],
    ['ADMINISTER_SITE', 'blog'],
    ['ADMINISTER_INSTANCE', null],
  ])('is believed who they are with a token for %s of %s', async (scope, site) => {
    const { tokenWith, visitorsOf } = await createScene();
    expect(await visitorsOf({ token: await tokenWith(scope, site) })).toBe(2);
  });

  test('is one visitor with a token that is good for something else, and without one', async () => {
    const { tokenWith, visitorsOf } = await createScene();
    expect(await visitorsOf({ token: await tokenWith('READ') })).toBe(1);
    expect(await visitorsOf({ token: await tokenWith('SEND', 'docs') })).toBe(1);
    expect(await visitorsOf({ token: 'wrong' })).toBe(1);
    expect(await visitorsOf({ token: null })).toBe(1);
  });

  test('is no more believed once its token was revoked', async () => {
    const { domain, tokenWith, visitorsOf } = await createScene();
    const token = await tokenWith('SEND');
    await domain.tokens.revoke(token.split('_')[1] ?? '', operator);
    expect(await visitorsOf({ token })).toBe(1);
  });

  test('takes from the budgets of its readers, not of itself', async () => {
    const { tokenWith, visitorsOf } = await createScene({ limits: { tracking: 2 } });
    const token = await tokenWith('SEND');
    expect(await visitorsOf({ token })).toBe(2);
    await expect(visitorsOf({ token: null })).rejects.toMatchObject({ code: 'RATE_LIMITED' });
  });
});

test('a page is never believed that its reader is another, whatever it sends', async () => {
  const { tokenWith, visitorsOf } = await createScene();
  const page = from('https://blog.example', { token: await tokenWith('SEND') });
  const { claimed: _claimed, ...sender } = page;
  expect(await visitorsOf(sender)).toBe(1);
});
