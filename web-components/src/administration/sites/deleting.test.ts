import { OxicountError } from '@oxicount/sdk/slim';
import { expect, it } from 'vitest';
import type { Deletion } from '../administered.ts';
import { Deleting } from './deleting.ts';

/** A deletion with these answers, and the rows that were shown. */
function start(...answers: (Deletion | Error)[]) {
  const shown: (number | undefined)[] = [];
  const deleting: Deleting = new Deleting(
    async () => {
      const answer = answers.shift();
      if (answer === undefined || answer instanceof Error) throw answer;
      return answer;
    },
    () => shown.push(deleting.deletion?.rows),
  );
  return { deleting, shown };
}

const part = (rows: number, complete = false): Deletion => ({ rows, visits: rows / 2, complete });

it('a site is deleted until nothing is left, and shown is how much went', async () => {
  const { deleting, shown } = start(part(2_000), part(4_000), part(4_100, true));
  expect(await deleting.run()).toBe(true);
  expect(shown).toEqual([undefined, 2_000, 4_000, 4_100, 4_100]);
  expect(deleting.deletion).toEqual({ rows: 4_100, visits: 2_050, complete: true });
});

it('a deletion that was interrupted says why, and goes on when it is asked to', async () => {
  const { deleting } = start(part(2_000), new OxicountError('NETWORK', 'Away.'), part(2_500, true));
  expect(await deleting.run()).toBe(false);
  expect(deleting.attempt.refusal?.reason).toBe('Away.');
  expect(await deleting.run()).toBe(true);
  expect(deleting.deletion?.rows).toBe(2_500);
});

it('where the instance came first, what is known of it stays', async () => {
  const { deleting } = start(part(2_000), part(0, true));
  await deleting.run();
  expect(deleting.deletion).toEqual({ rows: 2_000, visits: 1_000, complete: true });
});
