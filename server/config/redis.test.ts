import { expect, test } from 'vitest';
import { loadConfig } from './config.ts';
import { mistakesIn } from './world.testing.ts';

const plain = { username: null, password: null, encrypted: false, database: 0 };
const here = { host: '127.0.0.1', port: 6_379 };

test.each([
  ['redis://127.0.0.1', { ...plain, servers: here }],
  ['redis://127.0.0.1:6379/', { ...plain, servers: here }],
  ['redis://[::1]:7000/3', { ...plain, database: 3, servers: { host: '::1', port: 7_000 } }],
  ['rediss://127.0.0.1', { ...plain, encrypted: true, servers: here }],
  ['redis://:p%40ss:word@127.0.0.1', { ...plain, password: 'p@ss:word', servers: here }],
  ['redis://me:secret@127.0.0.1', { ...plain, username: 'me', password: 'secret', servers: here }],
])('%s is a server', (url, redis) => {
  expect(loadConfig({ OXICOUNT_REDIS_URL: url }).redis).toEqual(redis);
});

test.each([
  [
    'redis+sentinel://127.0.0.1:6379/main',
    { ...plain, servers: { sentinels: [here], primary: 'main', login: { username: null, password: null } } },
  ],
  [
    'rediss+sentinel://:secret@one,two:7000/main/2?sentinel_username=us&sentinel_password=th%26m',
    {
      username: null,
      password: 'secret',
      encrypted: true,
      database: 2,
      servers: {
        sentinels: [
          { host: 'one', port: 26_379 },
          { host: 'two', port: 7_000 },
        ],
        primary: 'main',
        login: { username: 'us', password: 'th&m' },
      },
    },
  ],
])('%s are Sentinels', (url, redis) => {
  expect(loadConfig({ OXICOUNT_REDIS_URL: url }).redis).toEqual(redis);
});

test.each([
  '127.0.0.1:6379',
  'http://127.0.0.1',
  'redis://',
  'redis://one,two',
  'redis://one/main',
  'redis://one/0/1',
  'redis://one?db=1',
  'redis://one:port',
  'redis://:100%@one',
  'redis+sentinel://one',
  'redis+sentinel://one/main/zero',
  'redis+sentinel://one,/main',
  'redis+sentinel://one/main?timeout=1',
])('%s is no Redis we can use', (url) => {
  expect(mistakesIn({ OXICOUNT_REDIS_URL: url })).toEqual([
    'redis_url from OXICOUNT_REDIS_URL is (hidden): it should be redis://:password@host:6379/0, rediss:// for TLS, or ' +
      'redis+sentinel://:password@host:26379,host:26379/primary/0 (special characters in user and password ' +
      'percent-encoded)',
  ]);
});
