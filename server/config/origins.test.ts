import { expect, test } from 'vitest';
import { examineConfig, originsOf } from './config.ts';
import { environment } from './world.testing.ts';

test('where the configuration comes from is told, and no value of it', () => {
  const env = environment('admin_token = "hunter2hunter2hunter2"\nlog_level = "warn"\n', {
    OXICOUNT_WORKERS: '1',
    OXITRAFFIC_BASE_URL: 'https://count.example',
    OXICOUNT_BASEURL: 'no setting',
  });
  const origins = originsOf(env);
  expect(origins).toEqual({
    file: { path: env.OXICOUNT_CONFIG_FILE, variable: 'OXICOUNT_CONFIG_FILE', secrets: ['admin_token'] },
    variables: ['OXICOUNT_WORKERS', 'OXITRAFFIC_BASE_URL'],
    inherited: [{ variable: 'OXITRAFFIC_BASE_URL', now: 'OXICOUNT_BASE_URL' }],
  });
  expect(originsOf({})).toEqual({ file: null, variables: [], inherited: [] });
});

test('what is right of a configuration is there beside its mistakes, but for a database that cannot be told', () => {
  const { mistakes, config } = examineConfig(
    environment('base_url = "https://count.example"\nworkers = 99\ndatabase_url = "file:./a.db"\n'),
  );
  expect([mistakes.length, config.baseUrl, config.workers]).toEqual([1, 'https://count.example', 1]);
  expect(config.database).toMatchObject({ provider: 'sqlite' });
  expect(examineConfig({ OXICOUNT_DATABASE_URL: 'mysql://x' }).config.database).toBeNull();
  expect(examineConfig({ OXICOUNT_CONFIG_FILE: '/nowhere.toml' }).config.database).toBeNull();
});
