import { Readable } from 'node:stream';
import { expect, test } from 'vitest';
import { isTyped } from './confirm.ts';

function type(...lines: string[]) {
  const written: string[] = [];
  const output = { write: (text: string) => written.push(text) };
  return { written, answer: isTyped('docs', 'Type docs: ', { input: Readable.from(lines), output }) };
}

test('only the word itself lets somebody go on', async () => {
  const { written, answer } = type('docs\n');
  expect(await answer).toBe(true);
  expect(written).toEqual(['Type docs: ']);
  for (const other of ['\n', 'y\n', 'yes\n', 'Docs\n', 'docs docs\n']) {
    expect(await type(other).answer).toBe(false);
  }
});

test('it is asked once, and somebody who ends the input has not typed it', async () => {
  expect(await type('no\n', 'docs\n').answer).toBe(false);
  expect(await type().answer).toBe(false);
});
