import { describe, expect, test } from 'vitest';
import type { AuditNote } from './audit.ts';
import { createMemoryStorage } from './memory-storage.testing.ts';
import type { StoredToken } from './token.ts';
import { createTokenCheck } from './token-check.ts';
import { formatToken, hashOf, newTokenText } from './token-text.ts';
import { createClock, deferred, START, seededBytes, settled } from './world.testing.ts';

const MINUTE_MS = 60_000;
const note: AuditNote = {
  at: START,
  actor: 'ann',
  action: 'TOKEN_CREATED',
  site: null,
  token: null,
  changes: {},
};

async function instance(changes: Partial<StoredToken> = {}) {
  const clock = createClock();
  const storage = createMemoryStorage();
  const parts = newTokenText(seededBytes());
  const token: StoredToken = {
    prefix: parts.prefix,
    hash: hashOf(parts.secret),
    name: 'a token',
    scopes: ['READ'],
    site: null,
    filter: null,
    range: null,
    createdAt: START,
    expiresAt: null,
    lastUsedAt: null,
    revokedAt: null,
    ...changes,
  };
  await storage.tokens.add(token, note);
  return {
    clock,
    storage,
    token,
    text: formatToken(parts),
    /** Text with the right prefix and another secret. */
    wrong: formatToken({ ...newTokenText(seededBytes(2)), prefix: parts.prefix }),
    process: () => createTokenCheck({ storage, clock: clock.now }),
    revoke: () => storage.tokens.revoke(parts.prefix, { ...note, at: clock.now() }),
    usedAt: async () => (await storage.tokens.find(parts.prefix))?.lastUsedAt,
  };
}

const isRefused = { code: 'INVALID_TOKEN' };

describe('a token', () => {
  test('is told with all but what proves it', async () => {
    const { process, text, token } = await instance();
    const { hash: _hash, ...told } = token;
    expect(await process().check(text)).toEqual(told);
  });

  test('with the right prefix and a wrong secret is refused as one that never was', async () => {
    const { process, text, wrong } = await instance();
    const check = process();
    await check.check(text);
    const unknown = formatToken(newTokenText(seededBytes(3)));
    const refusals = [wrong, unknown, 'oxi', ''].map((sent) => check.check(sent).catch((error) => error));
    const [first, ...others] = await Promise.all(refusals);
    expect(first).toMatchObject(isRefused);
    expect(first.message).toMatch(/is not one of this instance/);
    for (const other of others) expect(other.message).toBe(first.message);
    await check.check(text);
  });

  test('is good up to the moment that it expires, whoever knew it before', async () => {
    const { process, text, wrong, clock } = await instance({ expiresAt: START + 1_000 });
    const check = process();
    clock.pass(999);
    await check.check(text);
    clock.pass(1);
    await expect(check.check(text)).rejects.toMatchObject({
      ...isRefused,
      message: expect.stringContaining('expired on 2024-03-01'),
    });
    // What is told of it is for its holder.
    await expect(check.check(wrong)).rejects.toThrow(/is not one of this instance/);
  });

  test('that was revoked is refused at once where it was revoked, and within five seconds elsewhere', async () => {
    const { process, text, token, clock, revoke } = await instance();
    const [here, elsewhere] = [process(), process()];
    for (const check of [here, elsewhere]) await check.check(text);
    await revoke();
    here.forget(token.prefix);
    await expect(here.check(text)).rejects.toMatchObject({
      ...isRefused,
      message: expect.stringContaining('was revoked on 2024-03-01'),
    });
    clock.pass(4_999);
    await elsewhere.check(text);
    clock.pass(1);
    await expect(elsewhere.check(text)).rejects.toMatchObject(isRefused);
  });

  test('that is revoked while it is looked up is not taken for good afterwards', async () => {
    const { storage, clock, text, token, revoke } = await instance();
    const answer = deferred<StoredToken | null>();
    let isHeld = true;
    const find = (prefix: string) => (isHeld ? answer.promise : storage.tokens.find(prefix));
    const check = createTokenCheck({ storage: { tokens: { ...storage.tokens, find } }, clock: clock.now });
    const underway = check.check(text);
    await revoke();
    check.forget(token.prefix);
    isHeld = false;
    answer.resolve(token);
    await underway;
    await expect(check.check(text)).rejects.toMatchObject(isRefused);
  });

  test('is not known any more where it went with its site', async () => {
    const { storage, clock, text } = await instance();
    let isThere = true;
    const find = async (prefix: string) => (isThere ? storage.tokens.find(prefix) : null);
    const check = createTokenCheck({ storage: { tokens: { ...storage.tokens, find } }, clock: clock.now });
    await check.check(text);
    isThere = false;
    clock.pass(5_000);
    await expect(check.check(text)).rejects.toMatchObject(isRefused);
  });
});

describe('the last use of a token', () => {
  test('is noted at most once a minute, also of a process that starts anew', async () => {
    const { process, text, clock, usedAt } = await instance();
    const check = process();
    await check.check(text);
    expect(await usedAt()).toBe(START);
    clock.pass(MINUTE_MS - 1);
    await check.check(text);
    await process().check(text);
    expect(await usedAt()).toBe(START);
    clock.pass(1);
    await check.check(text);
    expect(await usedAt()).toBe(START + MINUTE_MS);
  });

  test('is not noted of one that is refused', async () => {
    const { process, text, wrong, usedAt } = await instance({ expiresAt: START });
    for (const sent of [text, wrong]) await expect(process().check(sent)).rejects.toMatchObject(isRefused);
    expect(await usedAt()).toBeNull();
  });

  test('keeps nobody waiting, and is noted later where it cannot be noted now', async () => {
    const { storage, clock, text, usedAt } = await instance();
    const noting = deferred<void>();
    let isAway = true;
    const noteUse = (prefix: string, now: number) =>
      isAway ? noting.promise : storage.tokens.noteUse(prefix, now);
    const check = createTokenCheck({ storage: { tokens: { ...storage.tokens, noteUse } }, clock: clock.now });
    await check.check(text);
    noting.reject(new Error('The database is away.'));
    await settled();
    isAway = false;
    clock.pass(1_000);
    await check.check(text);
    expect(await usedAt()).toBe(START + 1_000);
  });
});

describe('while the storage is away', () => {
  test('a token that was just seen is good, and afterwards nobody is taken for anybody', async () => {
    const { process, storage, text, wrong, clock } = await instance();
    const check = process();
    await check.check(text);
    storage.away(true);
    await check.check(text);
    await expect(check.check(wrong)).rejects.toMatchObject(isRefused);
    clock.pass(5_000);
    await expect(check.check(text)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    storage.away(false);
    await check.check(text);
  });

  test('what cannot be a token is refused without asking', async () => {
    const { process, storage } = await instance();
    storage.away(true);
    await expect(process().check('secret')).rejects.toMatchObject(isRefused);
  });
});

test('one token is compared with whatever is sent, and no token with nothing', async () => {
  const { process } = await instance();
  const isAdmin = process().comparedWith('secret');
  expect(['secret', 'secre', 'secret ', ''].map(isAdmin)).toEqual([true, false, false, false]);
  expect(['', 'null', 'secret'].map(process().comparedWith(null))).toEqual([false, false, false]);
});
