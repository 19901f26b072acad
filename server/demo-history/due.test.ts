import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createDue } from './due.ts';

test('what is due comes earliest first, whatever is added meanwhile', () => {
  const step = fc.record({ at: fc.integer({ min: 0, max: 50 }), takes: fc.integer({ min: 0, max: 2 }) });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const due = createDue<number>();
      const left: number[] = [];
      const take = () => {
        const expected = left.sort((a, b) => a - b).shift();
        expect(due.next()).toEqual(expected === undefined ? undefined : { at: expected, what: expected });
      };
      for (const { at, takes } of steps) {
        due.add(at, at);
        left.push(at);
        for (let time = 0; time < takes; time += 1) take();
      }
      while (left.length > 0) take();
      expect(due.next()).toBeUndefined();
    }),
  );
});
