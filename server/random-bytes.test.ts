import { expect, test } from 'vitest';
import { createRandomBytes } from './random-bytes.ts';

test('gives as many bytes as are asked for, and never the same again', () => {
  const randomBytes = createRandomBytes();

  const given = Array.from({ length: 2_000 }, (_, index) => randomBytes(index % 2 ? 6 : 12));

  expect(given.map(({ length }) => length)).toEqual(given.map((_, index) => (index % 2 ? 6 : 12)));
  expect(new Set(given.map((bytes) => Buffer.from(bytes).toString('hex'))).size).toBe(given.length);
});

test('leaves what was given as it is', () => {
  const randomBytes = createRandomBytes();

  const first = randomBytes(12);
  const before = Buffer.from(first).toString('hex');
  for (let more = 0; more < 1_000; more += 1) randomBytes(12);

  expect(Buffer.from(first).toString('hex')).toBe(before);
});

test('makes long ones too', () => {
  expect(createRandomBytes()(10_000)).toHaveLength(10_000);
});
