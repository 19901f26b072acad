import { describe, expect, onTestFinished, test } from 'vitest';
import type { Domain } from '../../server/domain/domain.ts';
import { noLimits } from '../../server/domain/limits.testing.ts';
import { presets } from '../../server/domain/statistics/preset.ts';
import { BADGE_STYLES } from '../../server/http/badge/badge.ts';
import { COLOR_NAMES } from '../../server/http/badge/color.ts';
import { createCallerOf } from '../../server/http/caller.ts';
import { createRequestIds } from '../../server/http/request-id.ts';
import { createHttpServer } from '../../server/http/server.ts';
import { createRefusals } from '../../server/refusals.ts';
import { eachDatabase } from '../support/databases.ts';
import { ask } from '../support/graphql.ts';
import { createQuietLog } from '../support/log.ts';
import { startTestService, type TestService } from '../support/service.ts';

type Query = Record<string, string>;

/** A badge as a picture. */
async function pictureOf(answer: Promise<Response>) {
  const response = await answer;
  const svg = await response.text();
  const [, title = ''] = /<title>(.*?)<\/title>/.exec(svg) ?? [];
  const [, width] = /^<svg [^>]*?width="([\d.]+)"/.exec(svg) ?? [];
  return { response, svg, title: unescaped(title), width: Number(width) };
}

function picture({ request }: Pick<TestService, 'request'>, parameters: Query = {}) {
  return pictureOf(request(`/badge.svg?${new URLSearchParams(parameters)}`));
}

function unescaped(text: string): string {
  const characters: Record<string, string> = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' };
  return text.replace(/&(\w+);/g, (entity, name) => characters[name] ?? entity);
}

/** The badge as shields.io gets it. */
async function endpoint({ request }: Pick<TestService, 'request'>, parameters: Query = {}) {
  const response = await request(`/badge.json?${new URLSearchParams(parameters)}`);
  expect(response.status).toBe(200);
  return (await response.json()) as Record<string, unknown>;
}

/** Badges of a number that a test gives. */
async function serveBadges(figure: () => Promise<number>) {
  const log = createQuietLog();
  const refusals = createRefusals({ log, ping: async () => {} });
  const domain = { badges: { figure }, limits: noLimits() } as unknown as Domain;
  const callerOf = createCallerOf({ trustedProxies: [], countryHeader: null });
  const requestIdOf = createRequestIds(() => false);
  const app = await createHttpServer({
    domain,
    log,
    refusals,
    baseUrl: 'http://localhost',
    callerOf,
    requestIdOf,
  });
  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  onTestFinished(() => app.close());
  return { log, request: (path: string) => fetch(url + path) };
}

eachDatabase('a badge', (database) => {
  test('shows what the figures say, of a page or of the site, of all time or of a range', async () => {
    const service = await startTestService({ database });
    for (const path of ['/a', '/a', '/b']) await service.visit(path);
    for (const path of ['/a', '/b', '/b']) {
      expect((await service.request(`/pixel.gif?path=${path}`)).headers.get('oxicount-error')).toBeNull();
    }
    const { data } = await ask(
      service.url,
      `{
        visits: count
        views: count(of: VIEWS)
        ofPage: count(path: "/a")
        viewsOfPage: count(path: "/a", of: VIEWS)
        month: stats { totals { visits views visitors } }
        ofPageToday: stats(range: { preset: TODAY }, filter: { page: "/a" }) { totals { visits views visitors } }
      }`,
    );
    const figures = data as Record<string, number> & Record<string, { totals: Record<string, number> }>;
    expect(figures).toMatchObject({ visits: 3, views: 6, ofPage: 2, viewsOfPage: 3 });
    const expected: [Query, unknown][] = [
      [{}, figures['visits']],
      [{ of: 'views' }, figures['views']],
      [{ range: 'all-time', of: 'views' }, figures['views']],
      [{ site: 'blog', path: '/a/' }, figures['ofPage']],
      [{ path: '/a', of: 'views' }, figures['viewsOfPage']],
      [{ of: 'visitors' }, figures['month']?.totals['visitors']],
      [{ of: 'visitors', range: 'last-30-days' }, figures['month']?.totals['visitors']],
      [{ range: 'last-30-days' }, figures['month']?.totals['visits']],
      ...['visits', 'views', 'visitors'].map((of): [Query, unknown] => [
        { path: '/a/', range: 'today', of },
        figures['ofPageToday']?.totals[of],
      ]),
      [{ path: '/never' }, 0],
      [{ path: '/never', range: 'this-year' }, 0],
      [{ range: 'last-year' }, 0],
    ];
    for (const [parameters, number] of expected) {
      const label = parameters['of'] ?? 'visits';
      expect((await picture(service, parameters)).title).toBe(`${label}: ${number}`);
      expect(await endpoint(service, parameters)).toMatchObject({ label, message: String(number) });
    }
  });
});

describe('a badge', () => {
  test.each(Object.keys(presets))('can be of %s, in lower case', async (preset) => {
    const range = preset.toLowerCase().replaceAll('_', '-');
    const service = await startTestService();
    expect((await picture(service, { range, of: 'visitors' })).title).toBe('visitors: 0');
  });

  test.each([
    [0, '0'],
    [999, '999'],
    [1_000, '1k'],
    [1_249, '1.2k'],
    [56_789, '56.8k'],
    [999_999, '1M'],
    [3_412_345, '3.4M'],
    [2_000_000_000, '2B'],
  ])('has %i as %s', async (figure, message) => {
    const service = await serveBadges(async () => figure);
    expect((await picture(service)).title).toBe(`visits: ${message}`);
    expect(await endpoint(service)).toEqual({
      schemaVersion: 1,
      label: 'visits',
      message,
      color: 'blue',
      cacheSeconds: 300,
    });
  });

  test('is as wide as what it says', async () => {
    const service = await serveBadges(async () => 7);
    const widths: number[] = [];
    for (const label of ['', 'i', 'read', 'wwww', 'read by so many', 'W'.repeat(64)]) {
      widths.push((await picture(service, { label })).width);
    }
    expect(widths).toEqual([...new Set(widths)].sort((a, b) => a - b));
    expect(widths.at(-1)).toBeGreaterThan(500);
  });

  test('says what its label says, and nothing that a browser would run', async () => {
    const service = await serveBadges(async () => 7);
    const label = `<script>alert("1")</script> & 'so on' ]]> \uffff`;
    const { svg, response } = await picture(service, { label });
    expect(svg).not.toContain('<script');
    expect(svg).toContain('&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; &apos;so on&apos;');
    expect(svg).not.toContain('\uffff');
    expect(response.headers.get('content-type')).toBe('image/svg+xml; charset=utf-8');
    expect(response.headers.get('content-security-policy')).toMatch(/^default-src 'none'; style-src /);
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    expect((await endpoint(service, { label }))['label']).toBe(label);
  });

  test('has the colours and the style that are asked for', async () => {
    const service = await serveBadges(async () => 7);
    const look = { color: 'F80', labelColor: '#00aa77', style: 'flat-square' };
    const { svg } = await picture(service, look);
    expect(svg).toContain('fill="#f80"');
    expect(svg).toContain('fill="#00aa77"');
    expect(await endpoint(service, look)).toMatchObject({ ...look, color: '#f80' });
    for (const style of BADGE_STYLES) {
      expect((await picture(service, { style })).title).toMatch(/^visits: 7$/i);
    }
    // What is no colour to the package is drawn as this one.
    const unknown = '#4b0';
    for (const color of COLOR_NAMES.filter((name) => !['brightgreen', 'success'].includes(name))) {
      expect((await picture(service, { color, label: '' })).svg, color).not.toContain(`fill="${unknown}"`);
    }
  });

  test('may be shown by any page, and is kept for a while by whoever shows it', async () => {
    const service = await startTestService();
    for (const path of ['/badge.svg', '/badge.json']) {
      const { headers } = await service.request(path, { headers: { origin: 'https://elsewhere.example' } });
      expect(headers.get('access-control-allow-origin')).toBe('*');
      expect(headers.get('cross-origin-resource-policy')).toBe('cross-origin');
      expect(headers.get('cache-control')).toBe('public, max-age=300, stale-while-revalidate=3600');
      const head = await service.request(path, { method: 'HEAD' });
      expect([head.status, await head.text()]).toEqual([200, '']);
      expect(head.headers.get('content-type')).toBe(headers.get('content-type'));
      expect(head.headers.get('etag')).toBe(headers.get('etag'));
    }
  });

  test('is not sent again before it changes', async () => {
    const service = await startTestService();
    for (const path of ['/badge.svg', '/badge.json']) {
      const etag = (await service.request(path)).headers.get('etag') ?? '';
      for (const known of [etag, `W/${etag}`]) {
        const again = await service.request(path, { headers: { 'if-none-match': known } });
        expect([again.status, await again.text(), again.headers.get('etag')]).toEqual([304, '', etag]);
        expect(again.headers.get('cache-control')).toMatch(/max-age=300/);
      }
      await service.visit('/a');
      expect((await service.request(path, { headers: { 'if-none-match': etag } })).status).toBe(200);
    }
  });
});

describe('a badge that cannot be had', () => {
  test.each([
    ['color=nope', 'INVALID_ARGUMENT', 'color is "nope"', 'it must be 3 or 6 hexadecimal digits'],
    ['color=constructor', 'INVALID_ARGUMENT', 'color is "constructor"', 'or one of brightgreen, '],
    ['color=%2312345', 'INVALID_ARGUMENT', 'color is "#12345"', 'it must be'],
    ['labelColor=', 'INVALID_ARGUMENT', 'labelColor is ""', 'it must be'],
    [`label=${'a'.repeat(65)}`, 'INVALID_ARGUMENT', 'label is 65 characters long', '64 are the most.'],
    ['label=a%00b', 'INVALID_ARGUMENT', 'label is "a\\u0000b"', 'it must not have control characters.'],
    ['style=round', 'INVALID_ARGUMENT', 'style is "round"', 'it must be one of flat, flat-square, '],
    ['of=clicks', 'INVALID_ARGUMENT', 'of is "clicks"', 'it must be one of visits, views, visitors.'],
    ['range=LAST_7_DAYS', 'INVALID_ARGUMENT', 'range is "LAST_7_DAYS"', 'it must be one of today, '],
    ['of=visits&of=views', 'INVALID_ARGUMENT', 'The parameter of is given more than once', 'give it once.'],
    ['path=//a', 'INVALID_PATH', 'The path "//a" begins with two slashes, which names a host', ''],
    [
      'path=//a&range=today',
      'INVALID_PATH',
      'The path "//a" begins with two slashes, which names a host',
      '',
    ],
    ['site=%3Cshop%3E', 'SITE_NOT_FOUND', 'There is no site "<shop>"', ''],
  ])('for ?%s says so, as a picture too', async (query, code, problem, remedy) => {
    const { request } = await startTestService();
    const status = code === 'SITE_NOT_FOUND' ? 404 : 400;
    const text = await request(`/badge.json?${query}`);
    const { response, title } = await pictureOf(request(`/badge.svg?${query}`));
    for (const refusal of [text, response]) {
      expect([refusal.status, refusal.headers.get('oxicount-error')]).toEqual([status, code]);
      expect(refusal.headers.get('cache-control')).toBe('no-store');
    }
    const message = await text.text();
    expect(message.startsWith(problem)).toBe(true);
    expect(message).toContain(remedy);
    expect(title).toBe(`badge: ${problem}`);
    expect(response.headers.get('content-type')).toBe('image/svg+xml; charset=utf-8');
  });

  test('asks for a site where there are several', async () => {
    const service = await startTestService({ sites: { blog: {}, docs: {} } });
    expect((await picture(service)).title).toBe('badge: The instance has several sites');
    expect((await picture(service, { site: 'docs' })).title).toBe('visits: 0');
  });

  test('because of a mistake of ours tells nothing of it', async () => {
    const service = await serveBadges(() => Promise.reject(new Error('password=hunter2')));
    const { response, svg, title } = await picture(service);
    expect([response.status, title]).toEqual([500, 'badge: Something went wrong here']);
    expect(svg).not.toContain('hunter2');
    expect(service.log.lines.filter(({ level }) => level === 'error')).toHaveLength(1);
  });
});
