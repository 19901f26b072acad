import { describe, expect, test } from 'vitest';
import { trackPage } from './tracker.ts';
import { TestWorld } from './world.testing.ts';

const url = 'https://stats.example.org';
const REGISTER = 'POST /register?v=2&path=%2F';
const POST = 'POST /post-sleep/v1?referrer_origin=';

describe('when the server is away', () => {
  test.each([
    ['cannot be reached', 0],
    ['is busy', 503],
    ['has too many requests from this address', 429],
    ['is being restarted behind its proxy', 502],
  ])('and %s, the visit is posted once more', async (_what, status) => {
    const world = new TestWorld();
    world.answers.posts = [status];
    trackPage(world, { url });
    await world.pass(22);
    world.hide();
    await world.pass(60);
    expect(world.log).toEqual([
      `0 ${REGISTER}`,
      `19 ${POST}`,
      '22 beacon /page-left/v1/22',
      `24 ${POST}`,
      '24 beacon /page-left/v1/22',
    ]);
  });

  test('for long, nobody hears of it and nothing is sent for ever', async () => {
    const world = new TestWorld();
    world.answers.posts = [503, 0, 503];
    trackPage(world, { url });
    await world.pass(600);
    expect(world.sent.filter((line) => line === POST)).toHaveLength(2);
  });

  test.each([
    ['cannot be reached', 0],
    ['is busy', 503],
    ['is being restarted behind its proxy', 502],
  ])('and %s from the beginning, the view is registered once more', async (_what, status) => {
    const world = new TestWorld();
    world.answers.registrations = [status];
    trackPage(world, { url });
    await world.pass(30);
    world.hide();
    // The server measures from the registration, which was late.
    expect(world.log).toEqual([`0 ${REGISTER}`, `5 ${REGISTER}`, `24 ${POST}`, '30 beacon /page-left/v1/30']);
  });

  test('for long from the beginning, the page is left alone', async () => {
    const world = new TestWorld();
    world.answers.registrations = [0, 503, 0];
    trackPage(world, { url });
    await world.pass(600);
    world.leave();
    expect(world.sent).toEqual([REGISTER, REGISTER]);
    expect(world.waits).toBe(false);
  });

  test.each([404, 400, 403])('a registration that is refused with %i is not tried again', async (status) => {
    const world = new TestWorld();
    world.answers.registrations = [status];
    trackPage(world, { url });
    await world.pass(600);
    expect(world.sent).toEqual([REGISTER]);
  });

  test('a refusal is final', async () => {
    const world = new TestWorld();
    world.answers.posts = [400];
    trackPage(world, { url });
    await world.pass(600);
    expect(world.sent.filter((line) => line === POST)).toHaveLength(1);
  });
});
