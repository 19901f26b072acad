import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createGapBuffer } from './gap-buffer.ts';

const CAPACITY = 4;

/** What is read of what was pushed: `gap` pushes a gap, and `read` reads a value, as far as there is one. */
function play(steps: readonly ('value' | 'gap' | 'read')[]) {
  const buffer = createGapBuffer(CAPACITY);
  const read: (number | null)[] = [];
  let pushed = 0;
  const gapsAfter: number[] = [];
  for (const step of [...steps, ...Array<'read'>(2 * CAPACITY + 2).fill('read')]) {
    if (step === 'value') buffer.add(pushed++);
    if (step === 'gap') {
      buffer.pushGap(buffer.add);
      gapsAfter.push(pushed);
    }
    if (step === 'read' && !buffer.empty) read.push(buffer.remove() as number | null);
  }
  return { read, pushed, gapsAfter };
}

test('what was pushed is read in order, with a gap wherever something is missing or was said to be', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom('value', 'value', 'gap', 'read'), { maxLength: 60 }), (steps) => {
      const { read, pushed, gapsAfter } = play(steps);
      let expected = 0;
      let gap = false;
      for (const value of read) {
        if (value === null) {
          gap = true;
          continue;
        }
        const lost = value > expected;
        const told = gapsAfter.some((after) => after >= expected && after <= value);
        // A gap that was read by itself stands between the same two values.
        expect([value, gap || !(lost || told)]).toEqual([value, true]);
        expect(value).toBeGreaterThanOrEqual(expected);
        expected = value + 1;
        gap = false;
      }
      expect(expected).toBe(pushed);
    }),
  );
});

test('the newest are held, behind one gap, and a gap takes the place of a value', () => {
  expect(play(Array(10).fill('value')).read).toEqual([null, 6, 7, 8, 9]);
  expect(play(['gap', 'gap', ...Array(4).fill('value'), 'gap', 'gap']).read).toEqual([null, 1, 2, 3, null]);
});

test('with gaps between them all it holds no more', () => {
  const steps = Array.from({ length: 50 }, () => ['value', 'gap'] as const).flat();
  expect(play(steps).read.length).toBeLessThanOrEqual(2 * CAPACITY + 1);
});
