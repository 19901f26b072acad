import { describe, expect, test } from 'vitest';
import { trackPage } from './tracker.ts';
import { TestWorld } from './world.testing.ts';

const url = 'https://stats.example.org';

/** Each view in turn: where it was registered, whether it was posted, and the last report. */
function views({ sent }: TestWorld): string[] {
  const paths = sent.flatMap((line) => /register\?.*?path=([^&]*)/.exec(line)?.[1] ?? []);
  return paths.map((path, index) => {
    const id = `v${index + 1}`;
    const posted = sent.some((line) => line.includes(`/post-sleep/${id}?`)) ? ' counted' : '';
    const report = sent
      .findLast((line) => line.includes(`/page-left/${id}/`))
      ?.split('/')
      .pop();
    return `${decodeURIComponent(path)}${posted} ${report ?? '-'}`;
  });
}

describe.each([
  ['with the Navigation API', () => new TestWorld().withNavigation()],
  ['with history hooks', () => new TestWorld()],
])('a single-page application %s', (_how, open) => {
  test('has a view for each path that is read', async () => {
    const world = open();
    trackPage(world, { url });
    await world.pass(30);
    world.history.pushState(null, '', '/second');
    await world.pass(4);
    world.history.replaceState(null, '', '/third');
    await world.pass(20);
    world.leave();
    expect(views(world)).toEqual(['/ counted 30', '/second 4', '/third counted 20']);
  });

  test('has no new view for a query or a fragment', async () => {
    const world = open();
    trackPage(world, { url });
    world.history.pushState(null, '', '/?page=2');
    world.history.replaceState(null, '', '/#chapter');
    await world.pass(3);
    world.leave();
    expect(views(world)).toEqual(['/ 3']);
  });

  test('that moves on while hidden registers what is seen in the end', async () => {
    const world = open();
    world.document.hidden = true;
    trackPage(world, { url });
    world.history.replaceState(null, '', '/login');
    world.history.replaceState(null, '', '/home');
    world.show();
    await world.pass(2);
    world.leave();
    expect(views(world)).toEqual(['/home 2']);
  });

  test('names a referrer for its first view only', async () => {
    const world = open();
    world.document.referrer = 'https://news.example/today?id=1';
    trackPage(world, { url });
    await world.pass(19);
    world.history.pushState(null, '', '/second');
    await world.pass(19);
    expect(world.sent.filter((line) => line.startsWith('POST'))).toEqual([
      'POST /post-sleep/v1?referrer_origin=https://news.example',
      'POST /post-sleep/v2?referrer_origin=',
    ]);
  });

  test('with a fixed path is one view, whatever its address', async () => {
    const world = open();
    trackPage(world, { url, path: '/app', site: 'shop' });
    world.history.pushState(null, '', '/second');
    await world.pass(19);
    world.leave();
    expect(world.sent[0]).toBe('GET /register?path=%2Fapp&site=shop&v=2');
    expect(views(world)).toEqual(['/app counted 19']);
  });
});

describe('a browser without the Navigation API', () => {
  test('tells of going back', async () => {
    const world = new TestWorld();
    trackPage(world, { url });
    await world.pass(2);
    world.location.pathname = '/before';
    world.fire('popstate');
    await world.pass(3);
    world.leave();
    expect(views(world)).toEqual(['/ 2', '/before 3']);
  });

  test('leaves the page its own use of the history', () => {
    const world = new TestWorld();
    const calls: unknown[][] = [];
    world.history.pushState = function (this: unknown, ...entry) {
      calls.push([this, ...entry]);
      if (entry[2] === 'https://elsewhere.example/') throw new DOMException('no', 'SecurityError');
    };
    trackPage(world, { url });
    world.history.pushState({ a: 1 }, 'title', '/x');
    expect(calls).toEqual([[world.history, { a: 1 }, 'title', '/x']]);
    expect(() => world.history.pushState(null, '', 'https://elsewhere.example/')).toThrow('no');
  });
});

describe('a page', () => {
  test('that comes back from the back/forward cache is a new view', async () => {
    const world = new TestWorld();
    trackPage(world, { url });
    await world.pass(21);
    world.leave();
    world.stall(300);
    world.restore();
    await world.pass(7);
    world.leave();
    expect(views(world)).toEqual(['/ counted 21', '/ 7']);
  });

  test('is read in the browser of its owner unless the owner says no', async () => {
    const world = new TestWorld().withNavigation();
    trackPage(world, { url });
    await world.pass(3);
    world.history.replaceState(null, '', '/#oxicount-ignore');
    await world.pass(60);
    world.history.pushState(null, '', '/second');
    await world.pass(60);
    world.history.replaceState(null, '', '/second#oxicount-count');
    await world.pass(4);
    world.leave();
    expect(views(world)).toEqual(['/ 3', '/second 4']);
  });

  test('is counted where storage is denied', async () => {
    const world = new TestWorld();
    Object.defineProperty(world, 'localStorage', {
      get: () => {
        throw new DOMException('denied', 'SecurityError');
      },
    });
    trackPage(world, { url });
    await world.pass(19);
    expect(views(world)).toEqual(['/ counted -']);
  });

  test('is counted where beacons are switched off', async () => {
    const world = new TestWorld();
    world.navigator = {};
    trackPage(world, { url });
    await world.pass(20);
    world.leave();
    expect(views(world)).toEqual(['/ counted -']);
  });
});
