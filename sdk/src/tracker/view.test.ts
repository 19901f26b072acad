import { describe, expect, test } from 'vitest';
import { trackPage } from './tracker.ts';
import { TestWorld } from './world.testing.ts';

const url = 'https://stats.example.org';
const REGISTER = 'POST /register?v=2&path=%2F';
const POST = 'POST /post-sleep/v1?referrer_origin=';

type Step = ['shown' | 'hidden', number];

describe('a reader', () => {
  test.each<{ who: string; steps: Step[]; sent: string[] }>([
    {
      who: 'who reads for 25 s and leaves the tab open for ten minutes stayed 25 s',
      steps: [
        ['shown', 25],
        ['hidden', 600],
      ],
      sent: [`0 ${REGISTER}`, `19 ${POST}`, '25 beacon /page-left/v1/25'],
    },
    {
      who: 'who turns away after 5 s and closes the tab 20 s later is not counted',
      steps: [
        ['shown', 5],
        ['hidden', 20],
      ],
      sent: [`0 ${REGISTER}`, '5 beacon /page-left/v1/5'],
    },
    { who: 'who never looks at the tab leaves no trace', steps: [['hidden', 600]], sent: [] },
    {
      who: 'who looks away in between is counted once, with the time of both looks',
      steps: [
        ['shown', 10],
        ['hidden', 100],
        ['shown', 15],
      ],
      sent: [`0 ${REGISTER}`, '10 beacon /page-left/v1/10', `119 ${POST}`, '125 beacon /page-left/v1/25'],
    },
    {
      who: 'who opens the tab in the background begins when turning to it',
      steps: [
        ['hidden', 60],
        ['shown', 20],
      ],
      sent: [`60 ${REGISTER}`, `79 ${POST}`, '80 beacon /page-left/v1/20'],
    },
    {
      who: 'who only glances is not reported',
      steps: [
        ['shown', 0.9],
        ['hidden', 9],
      ],
      sent: [`0 ${REGISTER}`],
    },
    {
      who: 'whose glances add up to a second is',
      steps: [
        ['shown', 0.6],
        ['hidden', 9],
        ['shown', 0.6],
      ],
      sent: [`0 ${REGISTER}`, '10.2 beacon /page-left/v1/1'],
    },
  ])('$who', async ({ steps, sent }) => {
    const world = new TestWorld();
    world.document.hidden = steps[0]?.[0] === 'hidden';
    trackPage(world, { url });
    for (const [state, seconds] of steps) {
      if (state === 'shown') world.show();
      else world.hide();
      await world.pass(seconds);
    }
    world.leave();
    expect(known(world.log)).toEqual(sent);
  });

  test('is counted after exactly the delay that the server asks for', async () => {
    const world = new TestWorld();
    world.answers.minDelaySecs = 3;
    trackPage(world, { url });
    await world.pass(3);
    expect(world.log).toEqual([`0 ${REGISTER}`, `3 ${POST}`]);
  });

  test('on a slow network need not stay longer, even if the server has to wait', async () => {
    const world = new TestWorld();
    world.answers.latency = 10_000;
    trackPage(world, { url });
    await world.pass(20);
    world.hide();
    await world.pass(20);
    expect(world.log).toEqual([
      `0 ${REGISTER}`,
      '20 beacon /page-left/v1/20',
      `29 ${POST}`,
      '39 beacon /page-left/v1/20',
    ]);
  });

  test('who turns away before the registration is answered is reported when it is', async () => {
    const world = new TestWorld();
    world.answers.latency = 10_000;
    trackPage(world, { url });
    await world.pass(5);
    world.hide();
    await world.pass(20);
    expect(world.log).toEqual([`0 ${REGISTER}`, '10 beacon /page-left/v1/5']);
  });

  test('is counted when the timers come late, and the time of a frozen tab is not', async () => {
    const world = new TestWorld();
    trackPage(world, { url });
    await world.pass(5);
    world.hide();
    world.stall(300);
    world.show();
    await world.pass(4);
    world.stall(11);
    world.hide();
    await world.pass(0);
    expect(world.sent).toContain(POST);
    expect(world.sent.at(-1)).toBe('beacon /page-left/v1/20');
  });
});

test('a tab in the background is not kept awake', async () => {
  const world = new TestWorld();
  trackPage(world, { url });
  await world.pass(5);
  world.hide();
  await world.pass(60);
  expect(world.waits).toBe(false);
});

/** The log without the reports that only repeat what a post made useful. */
function known(log: readonly string[]): string[] {
  const routes = log.map((line) => line.replace(/^\S+ /, ''));
  return log.filter((_line, index) => routes.indexOf(routes[index] as string) === index);
}
