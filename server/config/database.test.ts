import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { loadConfig } from './config.ts';
import { mistakesIn } from './world.testing.ts';

test.each([
  ['file:./data/visits.db', resolve('data/visits.db')],
  ['file:visits.db', resolve('visits.db')],
  ['file:/srv/visits.db', '/srv/visits.db'],
  ['file:///srv/my%20visits.db', '/srv/my visits.db'],
])('%s is an SQLite database', (url, file) => {
  expect(loadConfig({ OXICOUNT_DATABASE_URL: url }).database).toEqual({ provider: 'sqlite', file });
});

test.each([
  'postgresql://me:secret@localhost:5432/visits',
  'postgres://localhost/visits?sslmode=require',
  'postgresql:///visits?host=/var/run/postgresql',
])('%s is a PostgreSQL database', (url) => {
  expect(loadConfig({ OXICOUNT_DATABASE_URL: url }).database).toEqual({ provider: 'postgresql', url });
});

test.each([
  'mysql://localhost/visits',
  'visits.db',
  'file:',
  'file::memory:',
  'file:data/',
  'file:visits.db?mode=ro',
  'file://server/visits.db',
  'postgresql:localhost',
  'postgresql:///visits',
  'postgresql://me:p#ss@localhost/visits',
])('%s is no database we can use', (url) => {
  expect(mistakesIn({ OXICOUNT_DATABASE_URL: url })).toEqual([
    'database_url from OXICOUNT_DATABASE_URL is (hidden): it should be file: and a path for SQLite, or ' +
      'postgresql://user:password@host:5432/database (special characters in user and password percent-encoded)',
  ]);
});

test('any character may stand in the parts of [db]', () => {
  const { database } = loadConfig({
    OXICOUNT_DB__HOST: '/var/run/postgresql',
    OXICOUNT_DB__USERNAME: 'me@home',
    OXICOUNT_DB__PASSWORD: 'p:a/s?s#w%rd @',
    OXICOUNT_DB__DATABASE: 'visits/ü',
  });
  if (database.provider !== 'postgresql') throw new Error('not PostgreSQL');
  const url = new URL(database.url);
  expect([url.hostname, url.port, url.username, url.password, url.pathname].map(decodeURIComponent)).toEqual([
    '/var/run/postgresql',
    '5432',
    'me@home',
    'p:a/s?s#w%rd @',
    '/visits/ü',
  ]);
});
