import { expect, test } from 'vitest';
import { examine } from './examine.ts';
import { broken, type Check, fine, unknown, warning } from './finding.ts';
import { formatReport, verdictOf } from './report.ts';

const check = (name: string, look: Check['look'], limitMs = 1_000): Check => ({
  group: 'Things',
  name,
  limitMs,
  look,
});

test('a check that throws, or never ends, is a finding and no matter to the others', async () => {
  let aborted = false;
  const found = await examine([
    check('one', async () => {
      throw Object.assign(new Error('connect'), { code: 'ECONNREFUSED' });
    }),
    check(
      'two',
      (signal) =>
        new Promise(() => {
          signal.addEventListener('abort', () => {
            aborted = true;
          });
        }),
      20,
    ),
    check('three', async () => [fine('a'), fine('b')]),
    check('four', async () => {
      throw new Error('no way to postgresql://me:hunter2@db/x\nat line 3');
    }),
  ]);
  expect(found.map(({ name, level, says }) => [name, level, says])).toEqual([
    ['one', 'broken', 'nothing listens there'],
    ['two', 'broken', 'no answer within 0.02 s'],
    ['three', 'fine', 'a'],
    ['three', 'fine', 'b'],
    ['four', 'broken', 'no way to postgresql://(hidden)@db/x'],
  ]);
  expect(aborted).toBe(true);
});

test('a report is signs and colours for a terminal, and ASCII for a file', async () => {
  const found = await examine([
    check('one', async () => fine('a folder called Äpfel')),
    check('two', async () => warning('b', 'Do this.')),
    check('three', async () => broken('c', 'Do that.')),
    check('four', async () => unknown('d')),
  ]);
  expect(formatReport(found, false)).toBe(
    [
      'Things',
      '  ok one: a folder called \\u{c4}pfel',
      '  !! two: b',
      '      Do this.',
      '  XX three: c',
      '      Do that.',
      '  -- four: d',
      '',
      'Of 4 findings 1 is broken, 1 is worth a look, 1 could not be found out.',
      '',
    ].join('\n'),
  );
  const rich = formatReport(found, true);
  for (const sign of ['✓', '!', '✗']) expect(rich).toContain(sign);
});

test('warnings alone are no failure', () => {
  const one = { group: 'Things', name: 'one' };
  expect(verdictOf([{ ...one, ...fine('a') }])).toBe('fine');
  expect(
    verdictOf([
      { ...one, ...fine('a') },
      { ...one, ...unknown('b') },
    ]),
  ).toBe('fine');
  expect(verdictOf([{ ...one, ...warning('a', 'b') }])).toBe('warning');
  expect(
    verdictOf([
      { ...one, ...warning('a', 'b') },
      { ...one, ...broken('a', 'b') },
    ]),
  ).toBe('broken');
});
