import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createPicker, createTablePicker } from './picker.ts';
import { createSequences } from './random.ts';

test('each is drawn as often as its weight says', () => {
  const pick = createTablePicker([
    ['often', 70],
    ['never', 0],
    ['seldom', 30],
  ]);
  const random = createSequences(1)();
  const drawn = Array.from({ length: 10_000 }, () => pick(random));
  const share = (name: string) => drawn.filter((one) => one === name).length / drawn.length;
  expect(share('often')).toBeCloseTo(0.7, 1);
  expect(share('seldom')).toBeCloseTo(0.3, 1);
  expect(share('never')).toBe(0);
});

test('what has no weight is never drawn, wherever it stands', () => {
  const weights = fc.array(fc.integer({ min: 0, max: 2 }), { minLength: 1, maxLength: 9 });
  fc.assert(
    fc.property(weights, fc.nat(), (given, seed) => {
      fc.pre(given.some((weight) => weight > 0));
      const pick = createPicker([...given.keys()], (index) => given[index] ?? 0);
      const random = createSequences(seed)();
      for (let time = 0; time < 20; time += 1) expect(given[pick(random)]).toBeGreaterThan(0);
    }),
  );
});
