import { describe, expect, test } from 'vitest';
import { derivationOf, type Keyring, loadKeyring, rotateSecret, VISIT_LIFETIME_MS } from './keyring.ts';
import { createMemoryStorage } from './memory-storage.testing.ts';
import type { SealedVisit } from './visit.ts';
import { createVisitSeal } from './visit-id.ts';
import { createClock, START, seededBytes, settled } from './world.testing.ts';

const RELOAD_MS = 5_000;
const visit: SealedVisit = { siteId: 1, pageId: 7, registeredAt: START, nonce: 42, filtered: false };

function instance() {
  const storage = createMemoryStorage();
  const clock = createClock();
  const randomBytes = seededBytes();
  return {
    storage,
    clock,
    randomBytes,
    /** A process that starts on the same database. */
    start: (configured: readonly string[] = []): Promise<Keyring> =>
      loadKeyring({ storage, configured, clock: clock.now, randomBytes }),
    rotate: () => rotateSecret({ storage, clock: clock.now, randomBytes }),
  };
}

/** Which secret sealed an id, as its header says. */
const keyIdOf = (id: string) => Buffer.from(id, 'base64url').readUInt16BE(1);

test('an id that was sealed before a restart opens after it', async () => {
  const { start } = instance();
  const id = (await start()).seal(visit);
  expect(await (await start()).open(id)).toEqual(visit);
});

test('all processes of an instance open the ids of each other', async () => {
  const { start } = instance();
  const processes = await Promise.all([start(), start(), start()]);
  for (const one of processes) {
    for (const other of processes) expect(await other.open(one.seal(visit))).toEqual(visit);
  }
});

test('another instance refuses the id', async () => {
  const id = (await instance().start()).seal(visit);
  const stranger = instance();
  await stranger.storage.ensureSecret(Buffer.alloc(32, 9), START);
  await expect((await stranger.start()).open(id)).rejects.toMatchObject({ code: 'INVALID_VISIT_ID' });
});

test('an id is refused once its lifetime is over, whatever its seal', async () => {
  const { start, clock } = instance();
  const keyring = await start();
  const id = keyring.seal(visit);
  clock.pass(VISIT_LIFETIME_MS + 86_400_000);
  await expect(keyring.open(id)).rejects.toMatchObject({ code: 'VISIT_EXPIRED' });
});

describe('after the secret was rotated', () => {
  test('ids sealed before still open, and new ones are sealed by the newest', async () => {
    const { start, rotate } = instance();
    const old = (await start()).seal(visit);
    await rotate();
    const keyring = await start();
    const young = keyring.seal(visit);
    expect(keyIdOf(young)).not.toBe(keyIdOf(old));
    expect(await keyring.open(old)).toEqual(visit);
    expect(await keyring.open(young)).toEqual(visit);
  });

  test('a process that runs takes the new secret up when it meets an id of it', async () => {
    const { start, rotate, clock } = instance();
    const running = await start();
    await rotate();
    const young = (await start()).seal(visit);
    clock.pass(RELOAD_MS);
    expect(await running.open(young)).toEqual(visit);
    expect(keyIdOf(running.seal(visit))).toBe(keyIdOf(young));
  });

  test('a process that is told of it seals with it at once', async () => {
    const { start, rotate } = instance();
    const running = await start();
    await rotate();
    running.changed();
    await settled();
    expect(keyIdOf(running.seal(visit))).toBe(keyIdOf((await start()).seal(visit)));
  });

  test('what was read before it does not stand for what is read after', async () => {
    const { start, rotate, storage, clock } = instance();
    const running = await start();
    clock.pass(RELOAD_MS);
    const foreign = createVisitSeal(Buffer.alloc(32, 66), seededBytes(5)).seal({
      ...visit,
      registeredAt: clock.now(),
    });
    const opening = running.open(foreign);
    await rotate();
    running.changed();
    await expect(opening).rejects.toMatchObject({ code: 'INVALID_VISIT_ID' });
    await settled();
    expect(keyIdOf(running.seal(visit))).toBe(keyIdOf((await start()).seal(visit)));
    expect(storage.calls('secrets')).toBeGreaterThan(0);
  });

  test('other keys that come of the secrets stay, and so does what the instance is called', async () => {
    const { start, rotate, storage } = instance();
    const before = await start();
    await rotate();
    const after = await start();
    expect(after.derive('limits')).toEqual(before.derive('limits'));
    expect(after.instance).toBe(before.instance);
    expect((await derivationOf({ storage, configured: [] })).instance).toBe(before.instance);
    expect(after.derive('limits')).not.toEqual(after.derive('something else'));
    expect((await instance().start(['another secret of 32 characters.'])).instance).not.toBe(before.instance);
  });

  test('many ids of the new secret that come at once are all opened after one look at the database', async () => {
    const { start, rotate, clock, storage } = instance();
    const running = await start();
    await rotate();
    const other = await start();
    clock.pass(RELOAD_MS);
    const before = storage.calls('secrets');
    const opened = await Promise.all(Array.from({ length: 100 }, () => running.open(other.seal(visit))));
    expect(opened).toEqual(Array(100).fill(visit));
    expect(storage.calls('secrets') - before).toBe(1);
  });

  test('a database that is away makes nobody call an id of the new secret foreign', async () => {
    const { start, rotate, clock, storage } = instance();
    const running = await start();
    await rotate();
    const young = (await start()).seal(visit);
    clock.pass(RELOAD_MS);
    storage.away(true);
    await expect(running.open(young)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    // As long as the secrets could not be read, nobody knows.
    await expect(running.open(young)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    storage.away(false);
    clock.pass(RELOAD_MS);
    expect(await running.open(young)).toEqual(visit);
  });
});

test('a flood of forged ids reaches the database once in a while at most', async () => {
  const { start, clock, storage } = instance();
  const keyring = await start();
  const forger = createVisitSeal(Buffer.alloc(32, 66), seededBytes(5));
  const before = storage.calls('secrets');
  const flood = async () => {
    const outcomes = await Promise.allSettled(
      Array.from({ length: 500 }, () => keyring.open(forger.seal(visit))),
    );
    expect(new Set(outcomes.map(({ status }) => status))).toEqual(new Set(['rejected']));
  };
  await flood();
  expect(storage.calls('secrets') - before).toBe(0);
  clock.pass(RELOAD_MS);
  await flood();
  await flood();
  expect(storage.calls('secrets') - before).toBe(1);
  clock.pass(RELOAD_MS - 1);
  await flood();
  expect(storage.calls('secrets') - before).toBe(1);
});

describe('a configured secret', () => {
  const SECRET = 'a secret of at least thirty-two characters';

  test('seals from now on, and what a stored one sealed still opens', async () => {
    const { start } = instance();
    const old = (await start()).seal(visit);
    const keyring = await start([SECRET]);
    expect(keyIdOf(keyring.seal(visit))).not.toBe(keyIdOf(old));
    expect(await keyring.open(old)).toEqual(visit);
  });

  test('is all there is to share between instances without a common database', async () => {
    const id = (await instance().start([SECRET])).seal(visit);
    expect(await (await instance().start([SECRET])).open(id)).toEqual(visit);
  });

  test('can be followed by older ones, which open only', async () => {
    const old = (await instance().start([SECRET])).seal(visit);
    const keyring = await instance().start(['the next secret, of thirty-two characters', SECRET]);
    expect(await keyring.open(old)).toEqual(visit);
    expect(keyIdOf(keyring.seal(visit))).not.toBe(keyIdOf(old));
  });

  test('keeps the database free of secrets', async () => {
    const { start, storage } = instance();
    await start([SECRET]);
    expect(await storage.secrets()).toEqual([]);
  });

  test('stays first when the stored ones are read again', async () => {
    const { start, rotate, clock } = instance();
    const keyring = await start([SECRET]);
    const keyId = keyIdOf(keyring.seal(visit));
    await rotate();
    const young = (await start()).seal(visit);
    clock.pass(RELOAD_MS);
    expect(await keyring.open(young)).toEqual(visit);
    expect(keyIdOf(keyring.seal(visit))).toBe(keyId);
  });
});

test('without a database there is no start', async () => {
  const { start, storage } = instance();
  storage.away(true);
  await expect(start()).rejects.toMatchObject({ code: 'UNAVAILABLE' });
});
