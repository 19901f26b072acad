import { expect, test } from 'vitest';
import { createProgress } from './progress.ts';

function watch({ total, isTTY }: { total: number; isTTY: boolean }) {
  const written: string[] = [];
  let now = 5_000;
  const output = { isTTY, write: (text: string) => written.push(text) };
  const progress = createProgress({ total, unit: 'visits', output, clock: () => now });
  return {
    written,
    end: progress.end,
    show(done: number, passedMs = 0) {
      now += passedMs;
      progress.show(done);
    },
  };
}

test('a terminal shows one line that is drawn anew, with pace and time left', () => {
  const { show, end, written } = watch({ total: 10_000, isTTY: true });
  show(1_000, 60_000);
  show(1_010, 10);
  show(3_000, 990);
  end();
  end();
  expect(written).toEqual([
    '\r\u001b[K1,000 of 10,000 visits (10 %)',
    '\r\u001b[K3,000 of 10,000 visits (30 %), 2,000/s, 4 s left',
    '\r\u001b[K',
  ]);
});

test('a log gets a line for each tenth, however the work proceeds', () => {
  const { show, end, written } = watch({ total: 1_000, isTTY: false });
  for (let done = 1; done <= 450; done += 1) show(done, 1);
  show(1_000, 550);
  end();
  expect(written).toEqual([
    '100 of 1,000 visits (10 %)\n',
    '200 of 1,000 visits (20 %), 1,000/s, 1 s left\n',
    '300 of 1,000 visits (30 %), 1,000/s, 1 s left\n',
    '400 of 1,000 visits (40 %), 1,000/s, 1 s left\n',
    '1,000 of 1,000 visits (100 %), 1,000/s, 0 s left\n',
  ]);
});

test.each([1, 3, 9])('of %s things, the last is told of once', (total) => {
  const { show, written } = watch({ total, isTTY: false });
  for (let done = 1; done <= total; done += 1) show(done, 1);
  expect(written.filter((line) => line.includes('(100 %)'))).toHaveLength(1);
});
