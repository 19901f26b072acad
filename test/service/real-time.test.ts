import { expect, test } from 'vitest';
import { eachDatabase } from '../support/databases.ts';
import { ask } from '../support/graphql.ts';
import { startTestService, type TestService } from '../support/service.ts';
import { transports } from '../support/subscriptions.ts';

const FIELDS = '{ at visitors pages { path visitors } minutes { start visits pixelViews } }';
const QUERY = `query ($path: String) { realTime(path: $path) ${FIELDS} }`;
const SUBSCRIPTION = `subscription ($path: String) { liveVisitors(path: $path) ${FIELDS} }`;

const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0';
const SAFARI =
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.4 Safari/605.1.15';

interface Present {
  readonly at: string;
  readonly visitors: number;
  readonly pages: readonly { readonly path: string; readonly visitors: number }[];
  readonly minutes: readonly {
    readonly start: string;
    readonly visits: number;
    readonly pixelViews: number;
  }[];
}

/** What browsers do on a site. */
function readers({ request }: TestService) {
  const send = async (path: string, browser: string) => {
    const response = await request(path, { headers: { 'user-agent': browser } });
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return response;
  };
  return {
    /** Reads a page until its visit counts, and gives its visit id. */
    async read(path: string, browser: string): Promise<string> {
      const id = (await (await send(`/register?path=${path}`, browser)).json()) as string;
      await send(`/post-sleep/${id}`, browser);
      return id;
    },
    async leave(id: string, browser: string): Promise<void> {
      await send(`/page-left/${id}/0`, browser);
    },
  };
}

/** Watches over a WebSocket. `until` resolves with the first present that is as expected, and fails after 10 s. */
function watch({ url }: TestService, path?: string) {
  const transport = transports.find(({ name }) => name === 'WebSocket');
  if (!transport) throw new Error('There is no WebSocket to watch over.');
  const subscription = transport.subscribe(url, SUBSCRIPTION, path === undefined ? {} : { path });
  return {
    async until(isExpected: (present: Present) => boolean): Promise<Present> {
      const limit = AbortSignal.timeout(10_000);
      const seen: unknown[] = [];
      while (true) {
        const result = await Promise.race([
          subscription.next(),
          new Promise<never>((_, reject) => {
            limit.onabort = () => reject(new Error(`not told within 10 s, but ${JSON.stringify(seen)}`));
          }),
        ]);
        if (result === null || result === 'broken off' || !result.data) {
          throw new Error(`told ${JSON.stringify(result)}`);
        }
        const present = result.data['liveVisitors'] as Present;
        if (isExpected(present)) return present;
        seen.push(present);
      }
    },
    end: () => subscription.end(),
  };
}

const visitsIn = ({ minutes }: Present) => minutes.reduce((sum, { visits }) => sum + visits, 0);

eachDatabase('a subscriber to live visitors', (database) => {
  test('sees who reads until the page is left, on the site and on the page', async () => {
    const service = await startTestService({ database });
    const { read, leave } = readers(service);
    const [site, a, b] = [undefined, '/a', '/b/'].map((path) => watch(service, path));
    if (!site || !a || !b) throw new Error('There are three.');
    for (const empty of await Promise.all([site, a, b].map(({ until }) => until(() => true)))) {
      expect(empty).toMatchObject({ visitors: 0, pages: [] });
      expect(empty.minutes).toHaveLength(30);
    }

    const first = await read('/a', FIREFOX);
    expect(await site.until(({ visitors }) => visitors === 1)).toMatchObject({
      pages: [{ path: '/a', visitors: 1 }],
    });
    expect(visitsIn(await a.until(({ visitors }) => visitors === 1))).toBe(1);

    // The same browser is one visitor, who moved on.
    const second = await read('/b', FIREFOX);
    await read('/b', SAFARI);
    expect(await site.until((present) => visitsIn(present) === 3)).toMatchObject({
      visitors: 2,
      pages: [{ path: '/b', visitors: 2 }],
    });
    await a.until(({ visitors }) => visitors === 0);
    await b.until(({ visitors }) => visitors === 2);

    await leave(first, FIREFOX);
    await leave(second, FIREFOX);
    const last = await site.until(({ visitors }) => visitors === 1);
    expect(last.pages).toEqual([{ path: '/b', visitors: 1 }]);
    expect(visitsIn(last)).toBe(3);
    await b.until(({ visitors }) => visitors === 1);
    await Promise.all([site, a, b].map(({ end }) => end()));
  });
});

eachDatabase('a query for real time', (database) => {
  test('sees what a subscriber sees', async () => {
    const service = await startTestService({ database });
    const { read, leave } = readers(service);
    await leave(await read('/a', FIREFOX), FIREFOX);
    await read('/a', SAFARI);
    await read('/b', FIREFOX);
    for (const path of [undefined, '/a', '/b', '/nowhere']) {
      const { data, errors } = await ask(service.url, QUERY, path === undefined ? {} : { path });
      expect(errors).toBeUndefined();
      const { at, minutes, ...seen } = data?.['realTime'] as Present;
      const watching = watch(service, path);
      const present = await watching.until(() => true);
      expect(present).toMatchObject(seen);
      // The minute can have turned in between.
      expect(visitsIn(present)).toBe(visitsIn({ at, minutes, ...seen }));
      await watching.end();
    }
  });

  test('tells pages with the most visitors, as many as are asked for', async () => {
    const service = await startTestService({ database });
    // Programs that count for others are not told apart.
    for (const path of ['/a', '/b', '/b']) await service.visit(path);
    const { data } = await ask(service.url, '{ realTime { visitors pages(first: 1) { path visitors } } }');
    expect(data).toEqual({ realTime: { visitors: 3, pages: [{ path: '/b', visitors: 2 }] } });
    const refused = await ask(service.url, '{ realTime { pages(first: 0) { path } } }');
    expect(refused.errors?.[0]?.extensions).toMatchObject({ code: 'INVALID_ARGUMENT' });
  });
});

test('what cannot be watched is refused with its code', async () => {
  const { url } = await startTestService({ sites: { blog: {}, docs: {} } });
  const query =
    'subscription ($site: ID, $path: String) { liveVisitors(site: $site, path: $path) { visitors } }';
  const refusals = [
    [{}, 'SITE_REQUIRED'],
    [{ site: 'shop' }, 'SITE_NOT_FOUND'],
    [{ site: 'blog', path: '//host' }, 'INVALID_PATH'],
  ] as const;
  for (const { subscribe } of transports) {
    for (const [variables, code] of refusals) {
      const refused = subscribe(url, query, variables);
      expect(await refused.next()).toMatchObject({ errors: [{ extensions: { code } }] });
      await refused.end();
    }
  }
});
