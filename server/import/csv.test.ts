import fc from 'fast-check';
import Papa from 'papaparse';
import { describe, expect, test } from 'vitest';
import { csvRows } from './csv.ts';

/** The same bytes in pieces, as they come from a disk. */
async function* inPieces(text: string, size: number): AsyncGenerator<Buffer> {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function read(text: string, size = 7): Promise<unknown[]> {
  const found: unknown[] = [];
  for await (const row of csvRows(inPieces(text, size), () => {})) {
    found.push('broken' in row ? `${row.line} broken` : [row.line, row.field('a'), row.field('b')]);
  }
  return found;
}

describe('a broken line takes no other with it', () => {
  test.each([
    ['too few fields', 'a,b\n1\n3,4', ['2 broken', [3, '3', '4']]],
    ['too many fields', 'a,b\n1,2,3\n3,4', ['2 broken', [3, '3', '4']]],
    ['an open quote before plain lines', 'a,b\n1,"2\n3,4\n5,6', ['2 broken', [3, '3', '4'], [4, '5', '6']]],
    ['an open quote before quotes', 'a,b\n1,"2\n"3",4\n5,"6"', ['2 broken', [3, '3', '4'], [4, '5', '6']]],
    ['an open quote at the end', 'a,b\n3,4\n1,"', [[2, '3', '4'], '3 broken']],
    ['text after a quote', 'a,b\n"1"x,2\n3,4', ['2 broken', [3, '3', '4']]],
    ['a line that is too long', `a,b\n${'x'.repeat(70_000)}\n3,4`, ['2 broken', [3, '3', '4']]],
    ['a line of many chunks', `a,b\n${'x'.repeat(600_000)}\n3,4`, ['2 broken', [3, '3', '4']]],
  ])('%s', async (_, text, expected) => {
    expect(await read(text, 5000)).toEqual(expected);
  });
});

test('line ends of any kind, blank lines and a byte order mark are no part of a record', async () => {
  expect(await read('\ufeffa,b\r\n1,2\r\n\r\n"3\n4",5')).toEqual([
    [2, '1', '2'],
    [4, '3\n4', '5'],
  ]);
});

test('columns are found by their names, whatever their order, and one that is not there is empty', async () => {
  expect(await read('b,c\n1,2')).toEqual([[2, '', '1']]);
});

test('whatever was written as CSV is read as it was', async () => {
  const field = fc.string({ unit: fc.constantFrom('a', ',', '"', '\n', ' ', 'é', '😀') });
  const rows = fc.array(fc.tuple(field, field), { minLength: 1, maxLength: 5 });
  await fc.assert(
    fc.asyncProperty(rows, fc.integer({ min: 1, max: 9 }), async (given, size) => {
      const text = Papa.unparse([['a', 'b'], ...given], { newline: '\n', quotes: true });
      const found = (await read(text, size)).map((row) => (row as unknown[]).slice(1));
      expect(found).toEqual(given);
    }),
  );
});
