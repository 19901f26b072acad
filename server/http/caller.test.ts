import type { IncomingMessage } from 'node:http';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createCallerOf } from './caller.ts';

const READER = '203.0.113.7';
const PROXY = '10.0.0.1';
const SERVER = '192.0.2.80';

/** As much of a request as says who sends it. */
function request(headers: Record<string, string> = {}, remoteAddress: string | undefined = READER) {
  return { headers, socket: { remoteAddress } } as unknown as IncomingMessage;
}

const direct = createCallerOf({ trustedProxies: [], countryHeader: null });
const proxied = createCallerOf({ trustedProxies: ['loopback', '10.0.0.0/8'], countryHeader: 'cf-ipcountry' });

test('a caller is what connection and headers say', () => {
  const caller = direct(
    request({
      origin: 'https://blog.example',
      'user-agent': 'Mozilla/5.0',
      'accept-language': 'de-CH,de;q=0.9',
      'sec-gpc': '1',
      dnt: '1',
      'sec-purpose': 'prefetch',
      'sec-fetch-site': 'cross-site',
      'sec-ch-ua': '"Chromium";v="140"',
      'sec-ch-ua-mobile': '?0',
      'sec-ch-ua-platform': '"Linux"',
    }),
  );
  expect(caller).toEqual({
    origin: 'https://blog.example',
    address: READER,
    claimed: null,
    addressShared: false,
    userAgent: 'Mozilla/5.0',
    languages: 'de-CH,de;q=0.9',
    country: null,
    token: null,
    globalPrivacyControl: true,
    doNotTrack: true,
    hints: {
      purpose: 'prefetch',
      fetchSite: 'cross-site',
      brands: '"Chromium";v="140"',
      mobile: '?0',
      platform: '"Linux"',
    },
  });
});

test('what is not said is null, and nobody is taken for one who asks for privacy', () => {
  const nobody = { socket: {}, headers: {} } as IncomingMessage;
  expect(direct(nobody)).toEqual({
    origin: null,
    address: null,
    claimed: null,
    addressShared: false,
    userAgent: null,
    languages: null,
    country: null,
    token: null,
    globalPrivacyControl: false,
    doNotTrack: false,
    hints: { purpose: null, fetchSite: null, brands: null, mobile: null, platform: null },
  });
});

test.each([
  ['1', true],
  ['1, 1', true],
  [' 1 ', true],
  ['0', false],
  ['10', false],
  ['true', false],
  ['', false],
])('Sec-GPC and DNT of %j ask for privacy: %s', (value, asked) => {
  const caller = direct(request({ 'sec-gpc': value, dnt: value }));
  expect([caller.globalPrivacyControl, caller.doNotTrack]).toEqual([asked, asked]);
});

test.each([
  [{ 'sec-purpose': 'prefetch;prerender', purpose: 'other' }, 'prefetch;prerender'],
  [{ purpose: 'prefetch', 'x-purpose': 'preview' }, 'prefetch'],
  [{ 'x-purpose': 'preview', 'x-moz': 'prefetch' }, 'preview'],
  [{ 'x-moz': 'prefetch' }, 'prefetch'],
])('the purpose of %j is %s', (headers, purpose) => {
  expect(direct(request(headers)).hints.purpose).toBe(purpose);
});

test('a header that is longer than any that browsers send is as good as absent, but for the origin', () => {
  const headers = (length: number) => ({ 'user-agent': 'x'.repeat(length), origin: 'y'.repeat(length) });
  expect(direct(request(headers(1_024)))).toMatchObject({ userAgent: 'x'.repeat(1_024) });
  expect(direct(request(headers(1_025)))).toMatchObject({ userAgent: null, origin: 'y'.repeat(1_025) });
});

test('where no proxy is trusted, nobody can pass for another', () => {
  const headers = { 'x-forwarded-for': '198.51.100.1', 'cf-ipcountry': 'FR' };
  expect(direct(request(headers))).toMatchObject({ address: READER, country: null });
  expect(direct(request(headers, '127.0.0.1'))).toMatchObject({ address: '127.0.0.1', country: null });
});

test.each([
  [READER, '198.51.100.1', READER],
  [PROXY, undefined, PROXY],
  [PROXY, '', PROXY],
  [PROXY, READER, READER],
  [`::ffff:${PROXY}`, READER, READER],
  ['::1', READER, READER],
  ['127.0.0.9', `${READER}, 10.9.9.9`, READER],
  // What stands before the reader's address is what the reader sent.
  [PROXY, `198.51.100.1, ${READER}`, READER],
  [PROXY, `10.0.0.2, ${READER}`, READER],
  [PROXY, `198.51.100.1,${READER},10.0.0.2 ,  10.0.0.3`, READER],
  [PROXY, `${READER}:4711`, READER],
  [PROXY, `::ffff:${READER}`, READER],
  [PROXY, '[2001:DB8::1]:443', '2001:db8::1'],
  [PROXY, 'fe80::1%eth0', 'fe80::1'],
  // Where all are trusted, the first began.
  [PROXY, '10.0.0.3, 10.0.0.2', '10.0.0.3'],
  // Up to the last that makes sense.
  [PROXY, 'unknown', PROXY],
  [PROXY, `${READER}, unknown, 10.0.0.2`, '10.0.0.2'],
  [PROXY, ',', PROXY],
  [PROXY, `${READER},`, PROXY],
  [PROXY, '<script>', PROXY],
  [undefined, READER, null],
])('asked from %s for %j, the address is %s', (peer, forwarded, address) => {
  const headers = forwarded === undefined ? {} : { 'x-forwarded-for': forwarded };
  const asked = { headers, socket: { remoteAddress: peer } } as unknown as IncomingMessage;
  expect(proxied(asked).address).toBe(address);
});

test('the country is taken from a trusted proxy, and from nobody else', () => {
  const headers = { 'cf-ipcountry': 'CH', 'x-forwarded-for': READER };
  expect(proxied(request(headers, PROXY))).toMatchObject({ country: 'CH', address: READER });
  expect(proxied(request(headers, READER))).toMatchObject({ country: null, address: READER });
});

test('every connection is told apart, and stays what it is', () => {
  const one = request({ 'x-forwarded-for': '198.51.100.1' }, PROXY);
  const other = request({ 'x-forwarded-for': '198.51.100.1' });
  for (let times = 0; times < 3; times += 1) {
    expect(proxied(one).address).toBe('198.51.100.1');
    expect(proxied(other).address).toBe(READER);
  }
  one.headers['x-forwarded-for'] = '198.51.100.2';
  expect(proxied(one).address).toBe('198.51.100.2');
});

test('an address that a trusted proxy adds cannot be hidden by what stands before it', () => {
  const claims = fc.oneof(fc.string(), fc.ipV4(), fc.ipV6(), fc.constant(PROXY));
  fc.assert(
    fc.property(fc.array(claims), (claimed) => {
      const headers = { 'x-forwarded-for': [...claimed, READER].join(', ') };
      expect(proxied(request(headers, PROXY)).address).toBe(READER);
    }),
  );
});

test.each([
  ['Bearer abc.DEF-_~+/=', 'abc.DEF-_~+/='],
  ['bearer abc', 'abc'],
  ['BEARER   abc ', 'abc'],
  // What was sent and is no token is not taken for none.
  ['Bearer', ''],
  ['Bearer two words', 'two words'],
  [`Bearer ${'long'.repeat(1_000)}`, 'long'.repeat(1_000)],
  // Schemes of others, such as that of a proxy that asks for a password.
  ['Basic YTpi', null],
  ['Bearertoken', null],
  ['', null],
])('the token in %j is %j', (authorization, token) => {
  expect(direct(request({ authorization })).token).toBe(token);
  expect(direct(request({ authorization: 'Bearer of-the-header' }), authorization).token).toBe(token);
});

test.each([
  ['a proxy on this machine', '127.0.0.1', { 'x-forwarded-for': READER }, true],
  ['a proxy on this network', '10.0.0.1', { forwarded: `for=${READER}` }, true],
  ['a proxy on this network', 'fd00::1', { 'x-real-ip': READER }, true],
  ['a program on this machine', '127.0.0.1', {}, false],
  ['somebody far away, who says so', READER, { 'x-forwarded-for': '198.51.100.9' }, false],
])('%s at %s is told from who shares its address', (_who, address, headers, shared) => {
  const told: string[] = [];
  const unaware = createCallerOf({ trustedProxies: [], countryHeader: null }, (proxy) => told.push(proxy));
  expect(unaware(request(headers, address)).addressShared).toBe(shared);
  expect(told).toEqual(shared ? [address] : []);
});

test('a proxy that is trusted shares its address with nobody', () => {
  expect(proxied(request({ 'x-forwarded-for': READER }, PROXY))).toMatchObject({
    address: READER,
    claimed: null,
    addressShared: false,
  });
});

test.each([
  ['a server at its own address', SERVER, READER, SERVER, READER],
  ['a server that a proxy stands before', PROXY, `${READER}, ${SERVER}`, SERVER, READER],
  ['a server that adds to what it was told', SERVER, `198.51.100.9, ${READER}`, SERVER, READER],
  ['a server that names a trusted proxy', SERVER, PROXY, SERVER, PROXY],
  ['a server that names nobody', SERVER, 'unknown', SERVER, null],
])('%s says for whom it asks, and stays who it is', (_who, peer, forwardedFor, address, claimed) => {
  expect(proxied(request({ 'x-forwarded-for': forwardedFor }, peer))).toMatchObject({ address, claimed });
});

test('a server on this machine that counts for its readers, with a token, is no proxy to be warned of', () => {
  const told: string[] = [];
  const unaware = createCallerOf({ trustedProxies: [], countryHeader: null }, (proxy) => told.push(proxy));
  unaware(request({ 'x-forwarded-for': READER, authorization: 'Bearer token' }, '127.0.0.1'));
  expect(told).toEqual([]);
});
