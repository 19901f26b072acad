import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { extname, join, normalize } from 'node:path';
import { build, transform } from 'esbuild';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { describeInChromium, launchBrowser, type TestBrowser } from '../browser/support/chromium.ts';
import { serve } from '../browser/support/static-site.ts';
import { startTestService } from '../support/service.ts';
import { type Consumer, createConsumer } from './support/consumer.ts';
import { EVERY_METHOD } from './support/every-method.ts';

const TYPES: Record<string, string> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
};

/** As the README says. */
const BUNDLE = '/node_modules/@oxicount/sdk/dist/browser/index.js';
const IMPORTS = { '@oxicount/sdk': BUNDLE };

describeInChromium('in a browser every method works', () => {
  let consumer: Consumer;
  let browser: TestBrowser;
  beforeAll(async () => {
    [consumer, browser] = await Promise.all([createConsumer(), launchBrowser()]);
  });
  afterAll(() => Promise.all([consumer.remove(), browser.close()]));

  /** Runs the program in a page of its own, with what is to be in its head, and gives what it said. */
  async function run(from: string, head = ''): Promise<string> {
    const files = await serveFolder(consumer.folder);
    const { url } = await startTestService({ sites: { blog: { baseUrls: [files] } } });
    const program = `import { createClient, OxicountError } from '${from}';
const client = createClient({ url: '${url}', site: 'blog' });
${EVERY_METHOD}
if (globalThis.document) document.title = 'done';
else postMessage('done');`;
    const { code } = await transform(program, { loader: 'ts', target: 'es2022' });
    await consumer.write('program.js', code);
    if (from === '@oxicount/sdk' && head === '') {
      await build({
        entryPoints: [join(consumer.folder, 'program.js')],
        bundle: true,
        splitting: true,
        format: 'esm',
        target: 'es2022',
        allowOverwrite: true,
        outdir: consumer.folder,
      });
    }
    await consumer.write(
      'index.html',
      `<!doctype html><title>wait</title>${head}${head.includes('Worker') ? '' : '<script type="module" src="/program.js"></script>'}`,
    );
    const page = await browser.context.newPage();
    onTestFinished(() => page.close());
    const said: string[] = [];
    page.on('pageerror', (error) => said.push(error.message));
    await page.goto(`${files}/index.html`);
    await expect.poll(async () => said[0] ?? (await page.title()), { timeout: 15_000 }).not.toBe('wait');
    return said[0] ?? page.title();
  }

  test('without a bundler, from one file', async () => {
    expect(await run(BUNDLE)).toBe('done');
  });

  test('without a bundler, with an import map', async () => {
    const map = `<script type="importmap">${JSON.stringify({ imports: IMPORTS })}</script>`;
    expect(await run('@oxicount/sdk', map)).toBe('done');
  });

  test('in a worker', async () => {
    const worker = `<script>
      const worker = new Worker('/program.js', { type: 'module' });
      worker.onmessage = ({ data }) => (document.title = data);
      worker.onerror = ({ message }) => (document.title = message);
    </script>`;
    expect(await run(BUNDLE, worker)).toBe('done');
  });

  test('with a bundler', async () => {
    expect(await run('@oxicount/sdk')).toBe('done');
  });
});

async function serveFolder(folder: string): Promise<string> {
  const server = await serve(async (request, response) => {
    const file = join(folder, normalize(new URL(request.url ?? '/', 'http://site').pathname));
    if (!(await stat(file).catch(() => undefined))?.isFile()) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, { 'content-type': TYPES[extname(file)] ?? 'text/plain' });
    createReadStream(file).pipe(response);
  });
  onTestFinished(() => server.close());
  return server.url;
}
