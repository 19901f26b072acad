import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { VISIT_LIFETIME_MS } from './keyring.ts';
import type { SealedVisit } from './visit.ts';
import { createVisitSeal, parseVisitId } from './visit-id.ts';
import { START, seededBytes } from './world.testing.ts';

const DAY_MS = 86_400_000;
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const visit: SealedVisit = {
  siteId: 1,
  pageId: 7,
  registeredAt: START,
  nonce: 281_474_976_710_655,
  filtered: false,
};
const seal = createVisitSeal(Buffer.alloc(32, 1), seededBytes());

/** Opens an id as a service does that holds this one secret; null where it is refused. */
function open(text: string, now = START, holder = seal): SealedVisit | null {
  try {
    const { id, keyId } = parseVisitId(text, now, VISIT_LIFETIME_MS);
    return keyId === holder.keyId ? holder.open(id) : null;
  } catch {
    return null;
  }
}

const parsed = (text: string, now = START) => parseVisitId(text, now, VISIT_LIFETIME_MS);
const refusal = (code: string) => expect.objectContaining({ code });

/** An id with another byte in its header. */
function withByte(text: string, index: number, value: number): string {
  const id = Buffer.from(text, 'base64url');
  id[index] = value;
  return id.toString('base64url');
}

test('whatever visit is sealed, that visit is what opens', () => {
  const keys = fc.record({
    siteId: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
    pageId: fc.integer({ min: 0, max: 2 ** 48 - 1 }),
    registeredAt: fc.integer({ min: START - DAY_MS, max: START }),
    nonce: fc.integer({ min: 0, max: 2 ** 48 - 1 }),
    filtered: fc.boolean(),
  });
  fc.assert(
    fc.property(keys, (key) => {
      expect(open(seal.seal(key))).toEqual(key);
    }),
  );
});

test('a visit id goes into a URL as it is, and two of one visit differ', () => {
  const [one, another] = [seal.seal(visit), seal.seal(visit)];
  expect(one).toMatch(/^[A-Za-z0-9_-]{75}$/);
  expect(one).not.toBe(another);
});

test('an id that was changed in any one character is refused', () => {
  const id = seal.seal(visit);
  expect(open(id)).toEqual(visit);
  for (let index = 0; index < id.length; index += 1) {
    for (const character of ALPHABET) {
      if (character === id[index]) continue;
      expect(open(id.slice(0, index) + character + id.slice(index + 1))).toBeNull();
    }
  }
});

test('an id of another secret is refused, even where it names ours', () => {
  const foreign = createVisitSeal(Buffer.alloc(32, 2), seededBytes(9));
  const id = foreign.seal(visit);
  expect(foreign.keyId).not.toBe(seal.keyId);
  expect(open(id)).toBeNull();
  const posing = withByte(withByte(id, 1, seal.keyId >> 8), 2, seal.keyId & 0xff);
  expect(parsed(posing).keyId).toBe(seal.keyId);
  expect(open(posing)).toBeNull();
});

describe('what cannot be an id is refused before any key is touched', () => {
  const id = seal.seal(visit);
  test.each([
    ['nothing', ''],
    ['one character less', id.slice(1)],
    ['one character more', `${id}A`],
    ['a line break at its end', `${id}\n`],
    ['base64 instead of base64url', `${id.slice(0, -1)}+`],
    ['padding', `${id.slice(0, -1)}=`],
    ['an older number', '65535'],
    ['half a surrogate pair', `${id.slice(0, -1)}\ud800`],
    ['a letter that looks like another', `${id.slice(0, -1)}\u0410`],
    ['8 KB', 'A'.repeat(8192)],
    ['a version of the past', withByte(id, 0, 1)],
    ['a version of the future', withByte(id, 0, 3)],
  ])('%s', (_, text) => {
    expect(() => parsed(text)).toThrow(refusal('INVALID_VISIT_ID'));
  });
});

test('whatever text comes, it is refused with a reason', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.base64String({ minLength: 72, maxLength: 76 })), (text) => {
      let thrown: unknown;
      try {
        parsed(text);
      } catch (error) {
        thrown = error;
      }
      if (thrown !== undefined) expect(['INVALID_VISIT_ID', 'VISIT_EXPIRED']).toContain(Object(thrown).code);
    }),
  );
});

describe('the day in an id', () => {
  const id = seal.seal(visit);
  const endOfDay = START + DAY_MS / 2;

  test('expires it when even its last moment is too old', () => {
    expect(open(id, endOfDay + VISIT_LIFETIME_MS)).toEqual(visit);
    expect(() => parsed(id, endOfDay + VISIT_LIFETIME_MS + 1)).toThrow(refusal('VISIT_EXPIRED'));
  });

  test('may be tomorrow for a clock that is ahead, and no later', () => {
    const tomorrow = seal.seal({ ...visit, registeredAt: START + DAY_MS });
    const later = seal.seal({ ...visit, registeredAt: START + 2 * DAY_MS });
    expect(open(tomorrow)).not.toBeNull();
    expect(() => parsed(later)).toThrow(refusal('INVALID_VISIT_ID'));
  });

  test('cannot be changed to make an old id young', () => {
    const today = Math.floor(START / DAY_MS) + 3;
    const renewed = withByte(withByte(id, 3, today >> 8), 4, today & 0xff);
    const now = START + 3 * DAY_MS;
    expect(() => parsed(renewed, now)).not.toThrow();
    expect(open(renewed, now)).toBeNull();
  });

  test('does not matter to ids of other days: keys of more days than are kept are derived again', () => {
    const ids = Array.from({ length: 10 }, (_, day) =>
      seal.seal({ ...visit, registeredAt: START - day * DAY_MS }),
    );
    for (const [day, text] of ids.entries()) {
      expect(open(text, START - day * DAY_MS)).toMatchObject({ registeredAt: START - day * DAY_MS });
    }
  });
});
