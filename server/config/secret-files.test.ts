import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loadConfig, settings } from './config.ts';
import { configFile, mistakesIn } from './world.testing.ts';

const TOKEN = 'a-token-of-somebody-who-may-all';
const secretFile = (content: string) => {
  const file = `${configFile('')}.secret`;
  writeFileSync(file, content);
  return file;
};

test.each([TOKEN, `${TOKEN}\n`, `${TOKEN}\r\n`])('a secret is read from a file that holds %j', (content) => {
  expect(loadConfig({ OXICOUNT_ADMIN_TOKEN_FILE: secretFile(content) }).adminToken).toBe(TOKEN);
});

test('every setting that is hidden has a variable for a file, and no other', () => {
  expect(settings.flatMap(({ fileVariable }) => fileVariable ?? [])).toEqual([
    'OXICOUNT_ADMIN_TOKEN_FILE',
    'OXICOUNT_METRICS_TOKEN_FILE',
    'OXICOUNT_OTLP_HEADERS_FILE',
    'OXICOUNT_DATABASE_URL_FILE',
    'OXICOUNT_DATABASE_READ_URL_FILE',
    'OXICOUNT_DB__PASSWORD_FILE',
    'OXICOUNT_REDIS_URL_FILE',
    'OXICOUNT_SECRET_FILE',
  ]);
});

test('a file goes before the configuration file and before a variable of OxiTraffic', () => {
  const { database } = loadConfig({
    OXICOUNT_CONFIG_FILE: configFile('database_url = "file:one.db"'),
    OXITRAFFIC_DATABASE_URL: 'file:two.db',
    OXICOUNT_DATABASE_URL_FILE: secretFile('file:/three.db'),
  });
  expect(database).toEqual({ provider: 'sqlite', file: '/three.db' });
});

test('what is wrong with a file is said, and nothing that is in it', () => {
  const short = secretFile('HUSH');
  const empty = secretFile('\n');
  const missing = join(short, 'missing');
  expect(mistakesIn({ OXICOUNT_ADMIN_TOKEN_FILE: short })).toEqual([
    expect.stringMatching(/^admin_token from OXICOUNT_ADMIN_TOKEN_FILE is \(hidden\): it should be /),
  ]);
  expect(mistakesIn({ OXICOUNT_ADMIN_TOKEN_FILE: empty })).toEqual([
    `OXICOUNT_ADMIN_TOKEN_FILE names ${empty}, which is empty: it should hold the value`,
  ]);
  expect(mistakesIn({ OXICOUNT_ADMIN_TOKEN_FILE: missing })).toEqual([
    expect.stringContaining(`OXICOUNT_ADMIN_TOKEN_FILE names ${missing}, which cannot be read: `),
  ]);
  expect(mistakesIn({ OXICOUNT_ADMIN_TOKEN: TOKEN, OXICOUNT_ADMIN_TOKEN_FILE: secretFile(TOKEN) })).toEqual([
    'OXICOUNT_ADMIN_TOKEN and OXICOUNT_ADMIN_TOKEN_FILE say the same thing: it should be one of them',
  ]);
  expect(mistakesIn({ OXICOUNT_LOG_LEVEL_FILE: short })).toHaveLength(1);
});
