import fc from 'fast-check';
import { expect, test } from 'vitest';
import { trackPage } from './tracker.ts';
import { TestWorld } from './world.testing.ts';

const DELAY = 19_000;

const history = fc.array(
  fc.record({
    event: fc.constantFrom('show', 'hide', 'freeze', 'again', 'navigate', 'restore'),
    lasting: fc.integer({ min: 0, max: 40_000 }),
  }),
  { maxLength: 20 },
);

test('the seconds reported are the seconds seen, whatever happened to the page', async () => {
  await fc.assert(
    fc.asyncProperty(fc.boolean(), history, async (hidden, steps) => {
      const world = new TestWorld();
      world.document.hidden = hidden;
      const seen: number[] = hidden ? [] : [0];
      let present: boolean = !hidden;
      trackPage(world, { url: 'https://stats.example.org' });

      for (const [index, { event, lasting }] of steps.entries()) {
        const wasHidden = world.document.hidden;
        if (event === 'navigate') world.history.pushState(null, '', `/${index}`);
        if (event === 'restore') world.leave();
        if (event === 'navigate' || event === 'restore') present = false;
        if (event === 'show') world.show();
        if (event === 'restore') world.restore();
        if (event === 'hide' || event === 'freeze') world.hide();
        if (event === 'again') world.fire(wasHidden ? 'visibilitychange' : 'pageshow');
        if (!world.document.hidden) {
          if (!present) seen.push(0);
          present = true;
          seen[seen.length - 1] = (seen.at(-1) as number) + lasting;
        }
        if (event === 'freeze') world.stall(lasting / 1_000);
        else await world.pass(lasting / 1_000);
      }
      world.hide();
      await world.pass(60);

      expect(world.sent.filter((line) => line.includes('/register'))).toHaveLength(seen.length);
      for (const [index, milliseconds] of seen.entries()) {
        const id = `v${index + 1}`;
        const posts = world.sent.filter((line) => line.includes(`/post-sleep/${id}?`));
        const reports = world.sent.filter((line) => line.includes(`/page-left/${id}/`));
        const seconds = Number(reports.at(-1)?.split('/').pop() ?? 0);
        expect({ seconds, counted: posts.length }).toEqual({
          seconds: Math.floor(milliseconds / 1_000),
          counted: milliseconds >= DELAY ? 1 : 0,
        });
      }
    }),
  );
});
