import { expect, test } from 'vitest';
import { createInProcessBudgets } from '../budgets/in-process.ts';
import { unlimited } from './limits.testing.ts';
import { createLimits, type LimitSettings } from './limits.ts';
import type { Budgets } from './ports.ts';
import { blog, createClock, createWorld, docs, from, nobody, seededBytes, stored } from './world.testing.ts';

const elsewhere = { ...nobody, address: '203.0.113.8' };
const limited = { code: 'RATE_LIMITED' };

function create(settings: Partial<LimitSettings>, budgets: Budgets = createInProcessBudgets()) {
  const clock = createClock();
  const all = { ...unlimited, ...settings };
  return {
    clock,
    limits: createLimits({ settings: all, budgets, clock: clock.now, key: seededBytes()(32) }),
  };
}

test('a refusal says what there was too much of, the limit, and when to try again', async () => {
  const { limits, clock } = create({ reads: 2 });
  await limits.take('reads', nobody, 2);
  await expect(limits.take('reads', nobody)).rejects.toMatchObject({
    code: 'RATE_LIMITED',
    message: 'Too many reads of figures from this address: the limit is 2 a minute. Try again in 30 s.',
    retryAfterSecs: 30,
  });
  clock.pass(30_000);
  await limits.take('reads', nobody);
});

test('each address and each budget is by itself', async () => {
  const { limits } = create({ reads: 1, tracking: 1 });
  await limits.take('reads', nobody);
  await limits.take('tracking', nobody);
  await limits.take('reads', elsewhere);
  await expect(limits.take('reads', nobody)).rejects.toMatchObject(limited);
});

test('a household of IPv6 is one, whichever of its addresses it takes', async () => {
  const { limits } = create({ votes: 1 });
  await limits.take('votes', { ...nobody, address: '2001:db8:1:2::1' });
  await expect(limits.take('votes', { ...nobody, address: '2001:db8:1:2:9::9' })).rejects.toMatchObject(
    limited,
  );
  await limits.take('votes', { ...nobody, address: '2001:db8:1:3::1' });
});

test('readers behind a proxy that nobody named are not limited as if they were one', async () => {
  const { limits } = create({ reads: 1, subscriptions: 1 });
  const behind = { ...nobody, addressShared: true };
  for (let asked = 0; asked < 5; asked += 1) {
    await limits.take('reads', behind);
    limits.hold('subscriptions', behind);
  }
});

test('what weighs more than there can be takes all there is', async () => {
  const { limits } = create({ reads: 5 });
  await limits.take('reads', nobody, 1_000);
  await expect(limits.take('reads', nobody)).rejects.toMatchObject({ retryAfterSecs: 12 });
});

test('no address is handed on, and what is differs from process to process', async () => {
  const keys: string[] = [];
  const budgets: Budgets = {
    async take(key) {
      keys.push(key);
      return 0;
    },
  };
  const settings = { ...unlimited, tracking: 1 };
  for (const seed of [1, 2]) {
    const limits = createLimits({ settings, budgets, clock: Date.now, key: seededBytes(seed)(32) });
    await limits.take('tracking', nobody);
    await limits.take('tracking', nobody);
  }
  expect(keys.join()).not.toContain(nobody.address);
  expect(keys[0]).toBe(keys[1]);
  expect(keys[0]).not.toBe(keys[2]);
});

test('who sent too many wrong tokens reads nothing with one, and goes on reading without', async () => {
  const { limits } = create({ failedTokens: 2 });
  const guessing = { ...nobody, token: 'guess' };
  for (let tried = 0; tried < 2; tried += 1) {
    await limits.takeReads(guessing, 1);
    await limits.takeFailedToken(guessing);
  }
  await expect(limits.takeReads(guessing, 1)).rejects.toMatchObject(limited);
  await limits.takeReads(nobody, 1);
});

test('as many as allowed can be held at one time, and what is given back can be had again', () => {
  const { limits } = create({ subscriptions: 2 });
  const release = limits.hold('subscriptions', nobody);
  limits.hold('subscriptions', nobody);
  limits.hold('sockets', nobody);
  limits.hold('subscriptions', elsewhere);
  const another = () => limits.hold('subscriptions', nobody);
  expect(another).toThrow('This address has 2 open subscriptions; the limit is 2.');
  release();
  release();
  another();
  expect(another).toThrow();
});

test('paths seen for the first time are limited for an address and for a site', async () => {
  const { limits } = create({ newPages: 2, newPagesOfSite: 3 });
  const site = stored(blog, 1);
  const other = stored(docs, 2);
  await limits.takeNewPage(site, nobody);
  await limits.takeNewPage(site, nobody);
  await expect(limits.takeNewPage(site, nobody)).rejects.toThrow(/from this address/);
  await limits.takeNewPage(site, elsewhere);
  await expect(limits.takeNewPage(site, elsewhere)).rejects.toThrow(/on the site blog/);
  await limits.takeNewPage(other, { ...nobody, address: '203.0.113.9' });
});

test('a page that is known costs nothing of what new ones do, nor does a path that was refused', async () => {
  const { domain, answer, asked } = await createWorld({ limits: { newPages: 2 } });
  answer(`${blog.callbackOrigin}/missing`, 'missing');
  const reader = from(blog.baseUrls[0] ?? null);
  const register = (path: string) => domain.visits.register({ path }, reader);
  for (let times = 0; times < 5; times += 1) {
    await register('/a');
    await expect(register('/missing')).rejects.toMatchObject({ code: 'PAGE_NOT_FOUND' });
  }
  await expect(register('/b')).rejects.toMatchObject(limited);
  expect(asked).toHaveLength(2);
});

test('every step of a visit is one, forged ids too, before they are looked at', async () => {
  const { domain, read } = await createWorld({
    sites: [{ ...blog, minDelaySecs: 0 }],
    limits: { tracking: 4 },
  });
  const visitId = await read('/a');
  const reader = from(blog.baseUrls[0] ?? null);
  await domain.visits.postSleep({ visitId }, reader);
  await domain.visits.pageLeft({ visitId, secondsOnPage: 1 }, reader);
  const forged = () => domain.visits.postSleep({ visitId: 'forged' }, reader);
  await expect(forged()).rejects.toMatchObject({ code: 'INVALID_VISIT_ID' });
  await expect(forged()).rejects.toMatchObject(limited);
  await expect(domain.visits.register({ path: '/a' }, reader)).rejects.toMatchObject(limited);
});
