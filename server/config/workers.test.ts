import { expect, test } from 'vitest';
import { loadConfig } from './config.ts';
import { environment, mistakesIn } from './world.testing.ts';

const POSTGRESQL = 'postgresql://localhost/visits';

test('one process serves unless something else is said', () => {
  expect(loadConfig({}).workers).toBe(1);
  expect(loadConfig({ OXICOUNT_WORKERS: '4', OXICOUNT_DATABASE_URL: POSTGRESQL }).workers).toBe(4);
  expect(loadConfig({ OXICOUNT_WORKERS: '1', OXICOUNT_DATABASE_URL: 'file:./visits.db' }).workers).toBe(1);
});

test.each(['0', '65', '1.5', 'all'])('%s workers are refused', (workers) => {
  expect(mistakesIn({ OXICOUNT_WORKERS: workers, OXICOUNT_DATABASE_URL: POSTGRESQL })).toEqual([
    expect.stringMatching(/^workers from OXICOUNT_WORKERS is .*: it should be a whole number from 1 to 64$/),
  ]);
});

test('several workers on SQLite are refused, with the reason and the way out', () => {
  const reason =
    'it should be 1 with SQLite, whose file is written by one process at a time, so that a lock would make the others ' +
    'wait; several need a database_url of PostgreSQL';
  expect(mistakesIn(environment('workers = 2'))).toEqual([`workers in FILE is 2: ${reason}`]);
  expect(mistakesIn({ OXICOUNT_WORKERS: '64', OXICOUNT_DATABASE_URL: 'file:visits.db' })).toEqual([
    `workers from OXICOUNT_WORKERS is 64: ${reason}`,
  ]);
});

test('where the database cannot be told, nothing is said of workers', () => {
  expect(mistakesIn({ OXICOUNT_WORKERS: '2', OXICOUNT_DATABASE_URL: 'nonsense' })).toEqual([
    expect.stringMatching(/^database_url/),
  ]);
});

test('a configuration is handed to workers as JSON, in which nothing of it is lost', () => {
  const config = loadConfig(
    environment(`
      workers = 2
      database_url = "${POSTGRESQL}"
      secret = "a secret of thirty-two characters or more"
      trusted_proxies = ["loopback", "10.0.0.0/8"]
      country_header = "CF-IPCountry"
      country_database = "./countries.mmdb"
      retention_days = 30
      logs_dir = "logs"
      [utc_offset]
      hours = -5
      [[sites]]
      slug = "docs"
      base_urls = ["https://docs.example"]
      path_patterns = ["/user/:id"]
    `),
  );
  expect(JSON.parse(JSON.stringify(config))).toStrictEqual(config);
});
