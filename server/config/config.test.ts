import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { loadConfig, settings } from './config.ts';
import { configFile, environment } from './world.testing.ts';

const OXITRAFFIC = `
socket_address = "127.0.0.1:8081"
base_url = "https://oxitraffic.example.com"
tracked_origin = "https://example.com"
tracked_origin_callback = "http://127.0.0.1:4000"
logs_dir = "/var/log/oxitraffic"
min_delay_secs = 20
[db]
host = "127.0.0.1"
port = 5433
username = "postgres"
password = "CHANGE_ME"
database = "oxitraffic"
[utc_offset]
hours = 2
minutes = 0
`;

const LIMITS = {
  tracking: 1_800,
  reads: 3_000,
  votes: 60,
  failedTokens: 30,
  newPages: 120,
  newPagesOfSite: 1_200,
  subscriptions: 500,
};

test('traces go where OpenTelemetry is told to, unless this program is told otherwise', () => {
  const theirs = {
    OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector:4318/',
    OTEL_EXPORTER_OTLP_HEADERS: 'Authorization=Basic%20abc,x-tenant=7',
  };
  const headers = [
    ['authorization', 'Basic abc'],
    ['x-tenant', '7'],
  ];
  expect(loadConfig(theirs).tracing).toEqual({
    url: 'http://collector:4318/v1/traces',
    headers,
    samplePercent: 100,
  });
  const ours = { ...theirs, OXICOUNT_OTLP_ENDPOINT: 'https://other/otlp', OXICOUNT_OTLP_SAMPLE_PERCENT: '5' };
  expect(loadConfig(ours).tracing).toEqual({
    url: 'https://other/otlp/v1/traces',
    headers,
    samplePercent: 5,
  });
  for (const wrong of ['collector:4318', 'ftp://collector', 'http://user:password@collector']) {
    expect(() => loadConfig({ OTEL_EXPORTER_OTLP_ENDPOINT: wrong })).toThrow(/otlp_endpoint/);
  }
});

test('without any configuration everything has its documented default', () => {
  expect(loadConfig({})).toEqual({
    socketAddress: { host: '127.0.0.1', port: 8080 },
    workers: 1,
    metrics: { token: null, address: null },
    tracing: null,
    baseUrl: null,
    database: { provider: 'sqlite', file: resolve('data/oxicount.db') },
    redis: null,
    secrets: [],
    adminToken: null,
    timeZone: 'UTC',
    minDelaySecs: 19,
    respectDnt: false,
    retentionDays: null,
    visibility: 'public',
    publicPages: [],
    publicFigures: [],
    trustedProxies: [],
    countryHeader: null,
    countryDatabase: 'packaged',
    visitorDays: 7,
    sites: [],
    limits: LIMITS,
    allowPrivateWebhooks: false,
    log: { level: 'info', directory: null },
  });
});

test('a configuration file of OxiTraffic works unchanged', () => {
  expect(loadConfig({ OXITRAFFIC_CONFIG_FILE: configFile(OXITRAFFIC) })).toEqual({
    socketAddress: { host: '127.0.0.1', port: 8081 },
    workers: 1,
    metrics: { token: null, address: null },
    tracing: null,
    baseUrl: 'https://oxitraffic.example.com',
    database: {
      provider: 'postgresql',
      url: 'postgresql://postgres:CHANGE_ME@127.0.0.1:5433/oxitraffic',
    },
    redis: null,
    secrets: [],
    adminToken: null,
    timeZone: '+02:00',
    minDelaySecs: 20,
    respectDnt: false,
    retentionDays: null,
    visibility: 'public',
    publicPages: [],
    publicFigures: [],
    trustedProxies: [],
    countryHeader: null,
    countryDatabase: 'packaged',
    visitorDays: 7,
    sites: [
      {
        slug: 'default',
        name: 'example.com',
        baseUrls: ['https://example.com'],
        callbackOrigin: 'http://127.0.0.1:4000',
        timeZone: '+02:00',
        minDelaySecs: 20,
        pathPatterns: [],
        respectDnt: false,
        retentionDays: null,
        visibility: 'public',
        publicPages: [],
        publicFigures: [],
      },
    ],
    limits: LIMITS,
    allowPrivateWebhooks: false,
    log: { level: 'info', directory: '/var/log/oxitraffic' },
  });
});

test('the variables of OxiTraffic work without a file', () => {
  const config = loadConfig({
    OXITRAFFIC_SOCKET_ADDRESS: '[::1]:0',
    OXITRAFFIC_DB__HOST: 'db.internal',
    OXITRAFFIC_DB__USERNAME: 'me',
    OXITRAFFIC_DB__DATABASE: 'visits',
    OXITRAFFIC_UTC_OFFSET__HOURS: '-3',
    OXITRAFFIC_UTC_OFFSET__MINUTES: '30',
    OXITRAFFIC_OF_A_LATER_VERSION: 'is none of our business',
  });
  expect(config.socketAddress).toEqual({ host: '::1', port: 0 });
  expect(config.database).toEqual({
    provider: 'postgresql',
    url: 'postgresql://me@db.internal:5432/visits',
  });
  expect(config.timeZone).toBe('-03:30');
});

test('a variable overrides the file, and OXICOUNT_ goes before OXITRAFFIC_', () => {
  const file = environment('min_delay_secs = 1\nlog_level = "warn"\nbase_url = "https://from.file"');
  const config = loadConfig({
    ...file,
    OXITRAFFIC_CONFIG_FILE: '/is/not/read.toml',
    OXITRAFFIC_MIN_DELAY_SECS: '2',
    OXITRAFFIC_LOG_LEVEL: 'error',
    OXICOUNT_MIN_DELAY_SECS: '3',
  });
  expect([config.minDelaySecs, config.log.level, config.baseUrl]).toEqual([3, 'error', 'https://from.file']);
});

test('an empty variable counts as absent', () => {
  const file = environment('min_delay_secs = 1');
  expect(
    loadConfig({ ...file, OXICOUNT_MIN_DELAY_SECS: '', OXICOUNT_BASE_URL: '', OXITRAFFIC_CONFIG_FILE: '' }),
  ).toMatchObject({ minDelaySecs: 1, baseUrl: null });
});

test('a variable can replace what the file says in another way', () => {
  const config = loadConfig({
    ...environment(OXITRAFFIC),
    OXICOUNT_DATABASE_URL: 'file:/srv/visits.db',
    OXICOUNT_TIME_ZONE: 'Europe/Berlin',
  });
  expect(config.database).toEqual({ provider: 'sqlite', file: '/srv/visits.db' });
  expect(config.timeZone).toBe('Europe/Berlin');

  const other = loadConfig({
    ...environment('database_url = "file:a.db"\ntime_zone = "Asia/Tokyo"'),
    OXICOUNT_DB__HOST: '::1',
    OXICOUNT_DB__USERNAME: 'me',
    OXICOUNT_DB__DATABASE: 'visits',
    OXICOUNT_UTC_OFFSET__MINUTES: '-15',
  });
  expect(other.database).toEqual({ provider: 'postgresql', url: 'postgresql://me@[::1]:5432/visits' });
  expect(other.timeZone).toBe('-00:15');
});

test('what is counted about readers can be set in the file and in variables', () => {
  const expected = {
    trustedProxies: ['loopback', '10.0.0.0/8', '2001:db8::1'],
    countryHeader: 'cf-ipcountry',
    countryDatabase: { file: resolve('geo/GeoLite2-Country.mmdb') },
    respectDnt: true,
    visitorDays: 1,
    retentionDays: 90,
  };
  const file = environment(`
    trusted_proxies = ["loopback", "10.0.0.0/8", "2001:db8::1"]
    country_header = "CF-IPCountry"
    country_database = "geo/GeoLite2-Country.mmdb"
    respect_dnt = true
    visitor_days = 1
    retention_days = 90
  `);
  expect(loadConfig(file)).toMatchObject(expected);
  const variables = {
    OXICOUNT_TRUSTED_PROXIES: 'loopback, 10.0.0.0/8, 2001:db8::1',
    OXICOUNT_COUNTRY_HEADER: 'CF-IPCountry',
    OXICOUNT_COUNTRY_DATABASE: 'geo/GeoLite2-Country.mmdb',
    OXICOUNT_RESPECT_DNT: 'true',
    OXICOUNT_VISITOR_DAYS: '1',
    OXICOUNT_RETENTION_DAYS: '90',
  };
  expect(loadConfig(variables)).toMatchObject(expected);
  const off = { ...file, OXICOUNT_RESPECT_DNT: 'false', OXICOUNT_COUNTRY_DATABASE: 'none' };
  expect(loadConfig(off)).toMatchObject({ respectDnt: false, countryDatabase: 'none' });
});

test('who may read the figures can be set in the file and in variables', () => {
  const expected = { visibility: 'private', adminToken: 'Not,one=of;many/but"this' };
  const file = environment(`visibility = "private"\nadmin_token = 'Not,one=of;many/but"this'`);
  expect(loadConfig(file)).toMatchObject(expected);
  const variables = { OXICOUNT_VISIBILITY: 'private', OXICOUNT_ADMIN_TOKEN: expected.adminToken };
  expect(loadConfig(variables)).toMatchObject(expected);
});

test('several secrets are separated by commas in a variable and are an array in the file', () => {
  const [first, second] = ['a'.repeat(32), 'b'.repeat(40)];
  const fromFile = loadConfig(environment(`secret = ["${first}", "${second}"]`));
  const fromVariable = loadConfig({ OXICOUNT_SECRET: `${first}, ${second}` });
  expect(fromFile.secrets).toEqual([first, second]);
  expect(fromVariable.secrets).toEqual([first, second]);
  expect(loadConfig(environment(`secret = "${first}"`)).secrets).toEqual([first]);
});

test('relative paths start at the working directory', () => {
  const config = loadConfig({ OXICOUNT_LOGS_DIR: 'logs', OXICOUNT_DATABASE_URL: 'file:visits.db' });
  expect(config.log.directory).toBe(resolve('logs'));
  expect(config.database).toEqual({ provider: 'sqlite', file: resolve('visits.db') });
});

test('nothing can change a configuration afterwards', () => {
  const config = loadConfig(environment(OXITRAFFIC));
  for (const part of [
    config,
    config.socketAddress,
    config.database,
    config.secrets,
    config.trustedProxies,
    config.log,
  ]) {
    expect(Object.isFrozen(part)).toBe(true);
  }
  for (const part of [config.sites, config.sites[0], config.sites[0]?.baseUrls])
    expect(Object.isFrozen(part)).toBe(true);
});

test('each setting is documented with its variable, default and description', () => {
  expect(settings).toContainEqual({
    key: 'db.port',
    variable: 'OXICOUNT_DB__PORT',
    fileVariable: null,
    shape: 'a whole number from 1 to 65535',
    default: '5432',
    description: 'Its port.',
  });
  expect(settings.filter(({ variable }) => variable === null).map(({ key }) => key)).toContain('sites.slug');
  for (const setting of settings) {
    expect(setting.default).not.toBe('');
    expect(setting.description).toMatch(/\.$/);
  }
});

test.each([
  ['https://Example.org/', 'https://example.org'],
  ['https://example.org/stats', 'https://example.org/stats'],
  ['https://example.org:8443/tools/count-1/', 'https://example.org:8443/tools/count-1'],
])('an instance can be at %s', (given, baseUrl) => {
  expect(loadConfig({ OXICOUNT_BASE_URL: given }).baseUrl).toBe(baseUrl);
});
