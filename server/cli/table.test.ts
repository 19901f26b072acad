import { expect, test } from 'vitest';
import { table } from './table.ts';

test('columns are as wide as what is in them, and lines end where the words do', () => {
  expect(
    table(
      ['slug', 'name'],
      [
        ['documentation', 'Docs'],
        ['a', ''],
      ],
    ),
  ).toBe('SLUG           NAME\ndocumentation  Docs\na\n');
});
