import { request } from 'node:http';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { startTestService } from '../support/service.ts';

interface Answer {
  readonly status: number | undefined;
  readonly headers: import('node:http').IncomingHttpHeaders;
  readonly body: Buffer;
}

/** Asks without fetch, which would decompress. */
function get(url: string, headers: Record<string, string> = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    request(url, { headers }, async (response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of response) chunks.push(chunk as Buffer);
      resolve({ status: response.statusCode, headers: response.headers, body: Buffer.concat(chunks) });
    })
      .on('error', reject)
      .end();
  });
}

test('the tracker knows where its instance is, and any page may load it', async () => {
  const { url } = await startTestService();
  const { status, headers, body } = await get(`${url}/count.js`);
  expect(status).toBe(200);
  expect(headers['content-type']).toBe('text/javascript; charset=utf-8');
  expect(headers['cross-origin-resource-policy']).toBe('cross-origin');
  expect(headers['cache-control']).toMatch(/public, max-age=\d+/);
  expect(body.toString()).toContain(url);
  expect(body.toString()).not.toContain('__OXICOUNT');
});

test('the tracker is the same however it is compressed, and at most 900 bytes', async () => {
  const { url } = await startTestService();
  const plain = await get(`${url}/count.js`, { 'accept-encoding': 'identity' });
  const brotli = await get(`${url}/count.js`, { 'accept-encoding': 'gzip, deflate, br, zstd' });
  const gzip = await get(`${url}/count.js`, { 'accept-encoding': 'gzip' });
  expect(plain.headers['content-encoding']).toBeUndefined();
  expect(brotli.headers['content-encoding']).toBe('br');
  expect(gzip.headers['content-encoding']).toBe('gzip');
  expect(brotliDecompressSync(brotli.body)).toEqual(plain.body);
  expect(gunzipSync(gzip.body)).toEqual(plain.body);
  expect(gzip.body.length).toBeLessThanOrEqual(900);
  for (const { headers } of [plain, brotli, gzip]) expect(headers.vary).toMatch(/accept-encoding/i);
  const refused = await get(`${url}/count.js`, { 'accept-encoding': 'br;q=0, gzip;q=0.5' });
  expect(refused.headers['content-encoding']).toBe('gzip');
});

test('a tracker that did not change is not sent again', async () => {
  const { url } = await startTestService();
  const { headers } = await get(`${url}/count.js`);
  for (const known of [headers.etag ?? '', `W/${headers.etag}`, `"other", ${headers.etag}`]) {
    const again = await get(`${url}/count.js`, { 'if-none-match': known });
    expect([again.status, again.body.length, again.headers.etag]).toEqual([304, 0, headers.etag]);
  }
  expect((await get(`${url}/count.js`, { 'if-none-match': '"other"' })).status).toBe(200);
});

test('the dashboard and the demo blog are pages that load nothing from elsewhere', async () => {
  const { url } = await startTestService();
  for (const path of ['/', '/stats?path=/x', '/demo/', '/demo/tide-pools/']) {
    const { status, headers, body } = await get(url + path);
    expect(status, path).toBe(200);
    expect(headers['content-type'], path).toMatch(/^text\/html; charset=utf-8$/i);
    expect(headers['content-security-policy'], path).toMatch(/default-src 'self'/);
    expect(headers['content-security-policy'], path).not.toMatch(/unsafe|\*/);
    expect(headers['x-content-type-options'], path).toBe('nosniff');
    // Its own policy would refuse these.
    expect(body.toString(), path).not.toMatch(/<script(?![^>]*\ssrc=)|<style|\sstyle=|\son\w+=/i);
    for (const [, link = ''] of body.toString().matchAll(/(?:src|href)="([^"#]+)"/g)) {
      const target = new URL(link, url + path);
      if (target.origin === url) expect((await get(target.href)).status, `${link} on ${path}`).toBe(200);
    }
  }
});

test('the widgets are modules that any page may load', async () => {
  const { url } = await startTestService();
  const { status, headers, body } = await get(`${url}/widgets.js`);
  expect(status).toBe(200);
  expect(headers['content-type']).toMatch(/^(text|application)\/javascript; charset=utf-8$/i);
  expect(headers['access-control-allow-origin']).toBe('*');
  expect(headers['cross-origin-resource-policy']).toBe('cross-origin');
  expect(body.length).toBeGreaterThan(0);
  const imports = [...body.toString().matchAll(/["'](\.\/[\w-]+\.js)["']/g)].map(([, module = '']) => module);
  for (const module of imports) {
    const part = await get(new URL(module, `${url}/widgets.js`).href);
    expect([part.status, part.headers['access-control-allow-origin']], module).toEqual([200, '*']);
  }
});

test('files beside what is public are not', async () => {
  const { url } = await startTestService();
  for (const path of [
    '/../main.js',
    '/..%2fmain.js',
    '/%2e%2e/main.js',
    '/demo/..%2f..%2fmain.js',
    '/main.js',
  ]) {
    const { status, headers } = await get(url + path);
    expect(status, path).toBeGreaterThanOrEqual(400);
    expect(headers['content-type'], path).toMatch(/^text\/plain/);
  }
});
