import fc from 'fast-check';
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

/** What was sent to have views counted. */
function posts({ sent }: TestWorld): string[] {
  return sent.filter((line) => line.startsWith('POST /post-sleep/'));
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
    expect(posts(world)).toEqual([
      'POST /post-sleep/v1?referrer_origin=https://news.example',
      'POST /post-sleep/v2?referrer_origin=',
    ]);
  });

  test('names a campaign for its first view only, even if the address keeps it', async () => {
    const world = open();
    world.document.referrer = 'https://news.example/today?id=1';
    world.location.search = '?utm_source=news';
    trackPage(world, { url, path: '/app' });
    await world.pass(19);
    world.leave();
    world.restore();
    await world.pass(19);
    expect(posts(world)).toEqual([
      'POST /post-sleep/v1?referrer_origin=https://news.example&utm_source=news',
      'POST /post-sleep/v2?referrer_origin=',
    ]);
  });

  test('names the campaign of the address that it was opened with, and of no later one', async () => {
    const world = open();
    trackPage(world, { url });
    world.history.replaceState(null, '', '/?utm_source=later');
    await world.pass(19);
    world.history.pushState(null, '', '/second?utm_source=later');
    await world.pass(19);
    expect(posts(world)).toEqual([
      'POST /post-sleep/v1?referrer_origin=',
      'POST /post-sleep/v2?referrer_origin=',
    ]);
  });

  test('with a fixed path is one view, whatever its address', async () => {
    const world = open();
    trackPage(world, { url, path: '/app', site: 'shop' });
    world.history.pushState(null, '', '/second');
    await world.pass(19);
    world.leave();
    expect(world.sent[0]).toBe('POST /register?v=2&path=%2Fapp&site=shop');
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

describe('the query of a page', () => {
  /** What is sent of the query. */
  async function sentOf(search: string): Promise<string | undefined> {
    const world = new TestWorld();
    world.location.search = search;
    trackPage(world, { url });
    await world.pass(19);
    return posts(world)[0]?.replace('POST /post-sleep/v1?referrer_origin=', '');
  }

  test.each([
    [
      '?utm_source=news&utm_medium=email&utm_campaign=spring',
      '&utm_source=news&utm_medium=email&utm_campaign=spring',
    ],
    ['?utm_source=A+b%26c%3D%25', '&utm_source=A+b%26c%3D%25'],
    ['?id=1&ref=friend.example&token=secret', '&ref=friend.example'],
    ['?utm_source=news&utm_id=z&utmsource=y&utm=x', '&utm_source=news&utm_id=z'],
    ['?ref=b&utm_term=a&ref=c', '&ref=b&utm_term=a&ref=c'],
    ['?ref=friend?token=secret', '&ref=friend?token=secret'],
    ['?UTM_SOURCE=d&Ref=e', ''],
    ['?xref=a&my-ref=b&ref-id=c&href=d&prefutm_source=e', ''],
    ['?next=/login/ref=a', ''],
    ['?next=/?ref=a', ''],
    ['??ref=a', ''],
    ['?referrer_origin=https://forged.example', ''],
    ['?ref&utm_source=&utm_medium=x', '&utm_source=&utm_medium=x'],
    ['?utm%5Fsource=news', ''],
    ['?', ''],
    ['', ''],
  ])('%s leaves it as "%s"', async (search, sent) => {
    expect(await sentOf(search)).toBe(sent);
  });

  test('leaves it as its campaign, as that stands there, whatever else it has', async () => {
    const name = fc.oneof(
      fc.constantFrom('utm_source', 'utm_medium', 'ref', 'reference', 'xref'),
      fc.string().map((end) => `utm_${end}`),
      fc.string(),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(name, fc.string())), async (parameters) => {
        const campaign = parameters.filter(([name]) => name.startsWith('utm_') || name === 'ref');
        const sent = await sentOf(`?${new URLSearchParams(parameters)}`);
        expect(sent).toBe(campaign.map((parameter) => `&${new URLSearchParams([parameter])}`).join(''));
      }),
    );
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

  test('that is prerendered, and so hidden, begins when somebody goes there', async () => {
    const world = new TestWorld();
    world.document = { hidden: true, referrer: 'https://news.example/' };
    world.location.search = '?utm_source=news';
    trackPage(world, { url });
    await world.pass(60);
    world.show();
    await world.pass(19);
    expect(world.log).toEqual([
      '60 POST /register?v=2&path=%2F',
      '79 POST /post-sleep/v1?referrer_origin=https://news.example&utm_source=news',
    ]);
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
