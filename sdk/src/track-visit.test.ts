import { expect, test } from 'vitest';
import { OxicountError } from './oxicount-error.ts';
import { trackVisit } from './track-visit.ts';
import { TestWorld } from './tracker/world.testing.ts';

/** A tab, and a client that writes down what it is asked for. */
function createTab({ refuse = '' } = {}) {
  const window = new TestWorld();
  const asked: string[] = [];
  const answer =
    <T>(name: string, value: T) =>
    async (variables: object) => {
      asked.push(
        `${(window.performance.now() - 1_000) / 1_000} ${name} ${Object.values(variables).join(' ')}`.trim(),
      );
      if (name === refuse) throw new OxicountError('UNAVAILABLE', '');
      return value;
    };
  const client = {
    register: answer('register', { visitId: 'v1', minDelaySecs: 19 }),
    postSleep: answer('postSleep', { counted: true }),
    pageLeft: answer('pageLeft', { spentSeconds: 0 }),
  };
  return { window, asked, client };
}

test('a page counts once it was visible for the minimum delay, and reports its time when it is left', async () => {
  const { window, asked, client } = createTab();
  window.document.referrer = 'https://news.example.org/item';
  trackVisit(client, { window });
  await window.pass(30);
  window.leave();
  await window.pass(1);
  expect(asked).toEqual(['0 register /', '19 postSleep v1 https://news.example.org', '30 pageLeft v1 30']);
});

test('without a path it follows the address bar', async () => {
  const { window, asked, client } = createTab();
  trackVisit(client, { window });
  await window.pass(1);
  window.history.pushState(null, '', '/b');
  await window.pass(1);
  expect(asked).toEqual(['0 register /', '1 pageLeft v1 1', '1 register /b']);
});

test('with a path it tracks that one until it is ended', async () => {
  const { window, asked, client } = createTab();
  const pushState = window.history.pushState;
  const end = trackVisit(client, { window, path: '/a' });
  await window.pass(25);
  window.history.pushState(null, '', '/b');
  end();
  end();
  await window.pass(60);
  window.hide();
  window.show();
  await window.pass(60);
  expect(asked).toEqual(['0 register /a', '19 postSleep v1', '25 pageLeft v1 25']);
  expect(window.history.pushState).toBe(pushState);
});

test('the referrer and the campaign go with the first view that is seen, whatever is tracked after it', async () => {
  const { window, asked, client } = createTab();
  window.document.referrer = 'https://news.example.org/item';
  window.location.search = '?token=secret&utm_source=a+b%26c&ref=x';
  window.document.hidden = true;
  trackVisit(client, { window, path: '/redirects' })();
  window.show();
  for (const path of ['/a', '/b']) {
    const end = trackVisit(client, { window, path });
    await window.pass(19);
    end();
  }
  expect(asked.filter((line) => !line.includes('pageLeft'))).toEqual([
    '0 register /a',
    '19 postSleep v1 https://news.example.org utm_source=a+b%26c&ref=x',
    '19 register /b',
    '38 postSleep v1',
  ]);
});

test('a page whose post finds the instance busy is posted once more', async () => {
  const { window, asked, client } = createTab({ refuse: 'postSleep' });
  trackVisit(client, { window, path: '/a' });
  await window.pass(60);
  expect(asked).toEqual(['0 register /a', '19 postSleep v1', '24 postSleep v1']);
});

test('an instance that is away is asked once more, and then met with silence', async () => {
  const { window, asked, client } = createTab({ refuse: 'register' });
  trackVisit(client, { window, path: '/a' });
  await window.pass(60);
  window.leave();
  expect(asked).toEqual(['0 register /a', '5 register /a']);
});

test('on a server nothing happens', () => {
  const { asked, client } = createTab();
  trackVisit(client)();
  expect(asked).toEqual([]);
});
