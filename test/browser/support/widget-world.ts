import type { Browser, Page } from 'playwright-core';
import { expect, onTestFinished } from 'vitest';
import type { SiteDeclaration } from '../../../server/domain/site.ts';
import { startTestService, type TestService } from '../../support/service.ts';
import { startTcpProxy } from '../../support/tcp-proxy.ts';
import { complaintsOf } from '../widgets-browser.ts';
import { serveStatic } from './static-site.ts';

const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0';
export const SAFARI =
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.4 Safari/605.1.15';

/** A page of another origin with elements of a running instance, which can be taken away from it. */
export interface WidgetWorld {
  readonly service: TestService;
  readonly page: Page;
  /** Where the page is from. */
  readonly origin: string;
  /** Where the page finds the instance. */
  readonly instance: string;
  /** Operations that the page asked for over HTTP, in order. */
  readonly asked: readonly string[];
  /** WebSockets of the page: those that are open, and the most that were at once. */
  readonly sockets: { readonly open: number; readonly most: number };
  /** Errors, messages of errors on the console, and requests to other hosts. */
  readonly complaints: readonly string[];
  /** Opens `/a` with this body. */
  open(body: string, options?: OpenOptions): Promise<void>;
  /** Takes the instance away from the page; visits still count. */
  cut(): void;
  restore(): void;
  /** Reads a page of the site as another reader, until the visit counts. Gives how to leave. */
  read(path: string, reader?: { browser?: string; referrer?: string }): Promise<() => Promise<void>>;
  /** How much the layout has shifted so far, when nothing has moved for a while. */
  shift(): Promise<number>;
}

export interface OpenOptions {
  /** Default: `widgets.js`. */
  readonly modules?: readonly string[];
  /** The page is shown once the elements are defined. */
  readonly isShownDefined?: boolean;
}

export interface WidgetWorldOptions {
  /** What differs from a plain site, for a page of that origin. Default: nothing, so the page is of no site. */
  readonly siteFor?: (origin: string) => Partial<SiteDeclaration>;
  /** Default: none. */
  readonly adminToken?: string;
}

/** All of it ends with the test. */
export async function startWidgetWorld(
  browser: Browser,
  { siteFor = () => ({}), adminToken }: WidgetWorldOptions = {},
): Promise<WidgetWorld> {
  const pages: Record<string, string> = {};
  const elsewhere = await serveStatic(pages);
  const service = await startTestService({
    sites: { blog: siteFor(elsewhere.url) },
    ...(adminToken === undefined ? {} : { adminToken }),
  });
  const proxy = await startTcpProxy({ host: '127.0.0.1', port: Number(new URL(service.url).port) });
  const instance = `http://127.0.0.1:${proxy.port}`;
  const page = await browser.newPage();
  onTestFinished(async () => {
    await page.close();
    await elsewhere.close();
    await proxy.close();
  });

  const asked: string[] = [];
  page.on('request', (request) => {
    const url = new URL(request.url());
    if (url.pathname !== '/graphql') return;
    const query = url.searchParams.get('query') ?? request.postDataJSON()?.query;
    asked.push(/^(?:query|mutation) (\w+)/.exec(query)?.[1] ?? String(query));
  });
  const sockets = { open: 0, most: 0 };
  page.on('websocket', (socket) => {
    sockets.open++;
    sockets.most = Math.max(sockets.most, sockets.open);
    socket.on('close', () => sockets.open--);
  });

  return {
    service,
    page,
    origin: elsewhere.url,
    instance,
    asked,
    sockets,
    complaints: complaintsOf(page, [instance, elsewhere.url]),
    async open(body, { modules = ['widgets.js'], isShownDefined = false } = {}) {
      const blocking = isShownDefined ? 'blocking="render"' : '';
      const scripts = modules.map(
        (name) => `<script type="module" ${blocking} src="${instance}/${name}"></script>`,
      );
      pages['/a'] = `${scripts.join('')}${body}`;
      await page.goto(`${elsewhere.url}/a`);
    },
    cut: () => proxy.cut(),
    restore: () => proxy.restore(),
    async read(path, { browser: userAgent = FIREFOX, referrer = '' } = {}) {
      const headers = { 'user-agent': userAgent };
      const send = async (address: string) => {
        const response = await service.request(address, { headers });
        expect(`${address}: ${response.status}`).toBe(`${address}: 200`);
        return response;
      };
      const id = await (await send(`/register?${new URLSearchParams({ path })}`)).json();
      await send(`/post-sleep/${id}?${new URLSearchParams({ referrer_origin: referrer })}`);
      return async () => void (await send(`/page-left/${id}/1`));
    },
    shift: () =>
      page.evaluate(
        () =>
          new Promise<number>((resolve) => {
            let sum = 0;
            const observer = new PerformanceObserver((list) => {
              for (const entry of list.getEntries())
                sum += (entry as PerformanceEntry & { value: number }).value;
            });
            observer.observe({ type: 'layout-shift', buffered: true });
            setTimeout(() => resolve(sum), 300);
          }),
      ),
  };
}

/** Plays animations of an element to their end, such as those that wait before they show something. */
export async function finishAnimations(page: Page, element: string): Promise<void> {
  await page
    .locator(element)
    .first()
    .evaluate((found) => {
      for (const animation of found.shadowRoot?.getAnimations() ?? []) animation.finish();
    });
}
