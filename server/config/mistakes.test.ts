import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loadConfig } from './config.ts';
import { configFile, environment, mistakesIn } from './world.testing.ts';

const ORIGIN = 'a scheme and a host, with neither a path nor a wildcard, such as https://example.com';
const BASE =
  'a scheme and a host, such as https://example.com, and where the instance is below a path of letters, digits and ' +
  '- . _ ~ that too, such as https://example.com/count, which does not begin with /api or /demo or /page-left or /post-sleep';
const ZONE = 'a time zone such as Europe/Berlin, or an offset such as +02:00';
const PROXY =
  'an address such as 10.0.0.1 or 2001:db8::1, a range such as 10.0.0.0/8 or 2001:db8::/32 but not /0, ' +
  'or one of loopback, linklocal, uniquelocal';
const TABLE = 'the path of an .mmdb file, packaged, or none';
const TOKEN = 'a text of 20 to 500 characters: letters, digits and signs of ASCII, without spaces';
const LISTEN = 'an address and a port such as 127.0.0.1:8080 or [::1]:8080';

test.each([
  ['socket_address = "127.0.0.1"', `socket_address in FILE is "127.0.0.1": it should be ${LISTEN}`],
  ['socket_address = "1.2.3.400:1"', `socket_address in FILE is "1.2.3.400:1": it should be ${LISTEN}`],
  ['socket_address = "[::1]:70000"', `socket_address in FILE is "[::1]:70000": it should be ${LISTEN}`],
  ['base_url = "https://a.example/x?y"', `base_url in FILE is "https://a.example/x?y": it should be ${BASE}`],
  [
    'base_url = "https://a.example/x//y"',
    `base_url in FILE is "https://a.example/x//y": it should be ${BASE}`,
  ],
  [
    'base_url = "https://a.example/../x"',
    `base_url in FILE is "https://a.example/../x": it should be ${BASE}`,
  ],
  [
    'base_url = "https://a.example/demo/x"',
    `base_url in FILE is "https://a.example/demo/x": it should be ${BASE}`,
  ],
  [
    'tracked_origin = "https://a.example/x"',
    `tracked_origin in FILE is "https://a.example/x": it should be ${ORIGIN}`,
  ],
  ['base_url = "ftp://a.example"', `base_url in FILE is "ftp://a.example": it should be ${BASE}`],
  ['base_url = "https:/a.example"', `base_url in FILE is "https:/a.example": it should be ${BASE}`],
  ['base_url = 1979-05-27', `base_url in FILE is a date or time: it should be ${BASE}`],
  [
    'tracked_origin = ["https://a.example", "https://*.example"]',
    `tracked_origin[1] in FILE is "https://*.example": it should be ${ORIGIN}`,
  ],
  [
    'tracked_origin = []',
    `tracked_origin in FILE is an empty array: it should be ${ORIGIN}; or an array of at least one of them`,
  ],
  [
    'tracked_origin_callback = "http://127.0.0.1"',
    'tracked_origin is missing: tracked_origin_callback in FILE belongs to it',
  ],
  ['min_delay_secs = 1.5', 'min_delay_secs in FILE is 1.5: it should be a whole number from 0 to 86400'],
  ['min_delay_secs = "20"', 'min_delay_secs in FILE is "20": it should be a whole number from 0 to 86400'],
  ['min_delay_secs = -1', 'min_delay_secs in FILE is -1: it should be a whole number from 0 to 86400'],
  [
    'log_level = "loud"',
    'log_level in FILE is "loud": it should be one of trace, debug, info, warn, error, fatal, silent',
  ],
  [
    'logs_dir = "a:b"',
    'logs_dir in FILE is "a:b": it should be the path of a directory, without any of < > " | ? * :',
  ],
  ...[
    'localhost',
    '10.0.0.300',
    '10.0.0',
    '10.0.0.0/33',
    '10.0.0.0/255.0.0.0',
    '0.0.0.0/0',
    '::/0',
    '2001:db8::/129',
    '10.0.0.0/8/8',
    '10.0.0.0/',
    'fe80::1%eth0',
    '[::1]',
    '*',
    '',
  ].map((entry) => [
    `trusted_proxies = ["loopback", "${entry}"]`,
    `trusted_proxies[1] in FILE is "${entry}": it should be ${PROXY}`,
  ]),
  [
    'country_header = "CF-IPCountry"',
    'trusted_proxies is missing: country_header in FILE is believed where a trusted proxy sends it',
  ],
  [
    'country_header = "CF-IPCountry"\ntrusted_proxies = []',
    'trusted_proxies is missing: country_header in FILE is believed where a trusted proxy sends it',
  ],
  [
    'country_header = "CF-IPCountry"\ntrusted_proxies = "x"',
    `trusted_proxies in FILE is "x": it should be ${PROXY}`,
  ],
  [
    'trusted_proxies = "loopback"\ncountry_header = "CF IPCountry"',
    'country_header in FILE is "CF IPCountry": it should be the name of a header such as CF-IPCountry',
  ],
  ['country_database = "off"', `country_database in FILE is "off": it should be ${TABLE}`],
  ['country_database = "/srv/.mmdb"', `country_database in FILE is "/srv/.mmdb": it should be ${TABLE}`],
  ['country_database = false', `country_database in FILE is false: it should be ${TABLE}`],
  ['respect_dnt = "yes"', 'respect_dnt in FILE is "yes": it should be true or false'],
  ['respect_dnt = 1', 'respect_dnt in FILE is 1: it should be true or false'],
  ['visitor_days = 0', 'visitor_days in FILE is 0: it should be a whole number from 1 to 30'],
  ['visitor_days = 31', 'visitor_days in FILE is 31: it should be a whole number from 1 to 30'],
  ['retention_days = 2', 'retention_days in FILE is 2: it should be a whole number from 3 to 36500'],
  [
    '[[sites]]\nslug = "a"\nbase_urls = "https://a.example"\nretention_days = 0',
    'sites[0].retention_days in FILE is 0: it should be a whole number from 3 to 36500',
  ],
  ['visibility = "secret"', 'visibility in FILE is "secret": it should be one of public, selected, private'],
  ['admin_token = "short"', `admin_token in FILE is (hidden): it should be ${TOKEN}`],
  ['visibility = "private"\nadmin_token = "short"', `admin_token in FILE is (hidden): it should be ${TOKEN}`],
  [
    `admin_token = "with spaces, so no header has it"`,
    `admin_token in FILE is (hidden): it should be ${TOKEN}`,
  ],
  ['time_zone = "Europe/Paderborn"', `time_zone in FILE is "Europe/Paderborn": it should be ${ZONE}`],
  ['time_zone = "+2"', `time_zone in FILE is "+2": it should be ${ZONE}`],
  ['utc_offset.hours = 15', 'utc_offset.hours in FILE is 15: it should be a whole number from -14 to 14'],
  [
    'time_zone = "UTC"\nutc_offset.hours = 1',
    'time_zone in FILE and [utc_offset] in FILE say the same thing: it should be one of them',
  ],
  [
    'db.host = "localhost"\ndb.username = "me"',
    'db.database is missing: [db] needs host, username and database',
  ],
  ['db = "localhost"', 'db in FILE is not a table: it should be written as [db], its keys below it'],
  [
    'database_url = "file:a.db"\n[db]\nhost = "h"\nusername = "u"\ndatabase = "d"',
    'database_url in FILE and [db] in FILE say the same thing: it should be one of them',
  ],
  [
    'database_url = "file:a.db"\ndatabase_read_url = "postgresql://replica/visits"',
    'database_read_url in FILE is of no use: an SQLite file has no replicas, PostgreSQL has',
  ],
  [
    'database_url = "postgresql://primary/visits"\ndatabase_read_url = "file:copy.db"',
    'database_read_url in FILE is (hidden): it should be postgresql://user:password@host:5432/database (special characters in user and password percent-encoded)',
  ],
  ['min_delay_sec = 5', 'min_delay_sec in FILE is not a setting: did you mean min_delay_secs?'],
  [
    '[utc_offset]\nlog_level = "info"',
    'utc_offset.log_level in FILE is not a setting: did you mean log_level?',
  ],
  ['hours = 2', 'hours in FILE is not a setting: did you mean utc_offset.hours?'],
  ['"db.host" = "h"', '"db.host" in FILE is not a setting: did you mean db.host?'],
  [
    'completely_different = 1',
    'completely_different in FILE is not a setting: docs/settings.md lists the settings',
  ],
  ['a = 1\nb = = 2', 'FILE, line 2, column 5: invalid value'],
])('the mistake in %j is named', (toml, mistake) => {
  expect(mistakesIn(environment(toml))).toEqual([mistake]);
});

test.each([
  [
    'OXICOUNT_MIN_DELAY_SECS',
    'soon',
    'min_delay_secs from OXICOUNT_MIN_DELAY_SECS is "soon": it should be a whole number from 0 to 86400',
  ],
  [
    'OXITRAFFIC_BASE_URL',
    'example.com',
    `base_url from OXITRAFFIC_BASE_URL is "example.com": it should be ${BASE}`,
  ],
  [
    'OXICOUNT_TRACKED_ORIGIN',
    'https://a.example,b',
    `tracked_origin[1] from OXICOUNT_TRACKED_ORIGIN is "b": it should be ${ORIGIN}`,
  ],
  ['OXICOUNT_DB_HOST', 'localhost', 'OXICOUNT_DB_HOST is not a setting: did you mean OXICOUNT_DB__HOST?'],
  [
    'OXICOUNT_RESPECT_DNT',
    'yes',
    'respect_dnt from OXICOUNT_RESPECT_DNT is "yes": it should be true or false',
  ],
  [
    'OXICOUNT_COUNTRY_HEADER',
    'CF-IPCountry',
    'trusted_proxies is missing: country_header from OXICOUNT_COUNTRY_HEADER is believed where a trusted proxy sends it',
  ],
  [
    'OXICOUNT_SITES__SLUG',
    'blog',
    'OXICOUNT_SITES__SLUG is not a setting: [[sites]] can be declared in the configuration file only',
  ],
  ['OXICOUNT_NONSENSE', '1', 'OXICOUNT_NONSENSE is not a setting: docs/settings.md lists the settings'],
])('the mistake in the variable %s=%s is named', (variable, value, mistake) => {
  expect(mistakesIn({ [variable]: value })).toEqual([mistake]);
});

test('all mistakes are named at once, in a message that is ready to be printed', () => {
  const env = environment('min_delay_secs = -1\nlog_level = 5', { OXICOUNT_BASE_URL: 'x' });
  expect(() => loadConfig(env)).toThrow(
    [
      'There are 3 mistakes in the configuration:',
      `  - min_delay_secs in ${env.OXICOUNT_CONFIG_FILE} is -1: it should be a whole number from 0 to 86400`,
      `  - log_level in ${env.OXICOUNT_CONFIG_FILE} is 5: it should be one of trace, debug, info, warn, error, fatal, silent`,
      `  - base_url from OXICOUNT_BASE_URL is "x": it should be ${BASE}`,
    ].join('\n'),
  );
});

test('a file that is not there is named together with the variable that names it', () => {
  const file = join(configFile(''), '..', 'absent.toml');
  expect(mistakesIn({ OXITRAFFIC_CONFIG_FILE: file, OXICOUNT_LOG_LEVEL: 'x' })).toEqual([
    expect.stringMatching(/^OXITRAFFIC_CONFIG_FILE names FILE, which cannot be read: ENOENT/),
    expect.stringMatching(/^log_level from OXICOUNT_LOG_LEVEL/),
  ]);
});

test('no secret and no password is ever printed', () => {
  const toml = [
    'secret = ["HUSH-short"]\ndatabase_url = "mysql://root:HUSH@db/x"',
    'secret = "HUSH"\nbase_url = "https://me:HUSH@a.example"\ntracked_origin = "HUSH@a"\nsecrets = "HUSH"',
    '[db]\npassword = ["HUSH"]\nhost = "h"\npasword = "HUSH"\nusername = "u"\ndatabase = "d"',
    'db = "postgresql://root:HUSH@db/x"',
    'admin_token = "HUSH"\nadmin_tokens = "HUSH"',
    'secret = "HUSH',
    '[db]\npassword = """HUSH',
    '[db]\npassword = HUSH',
  ];
  for (const text of toml) {
    const mistakes = mistakesIn(
      environment(text, { OXICOUNT_DB__PASSWORD: '\u0000HUSH', OXICOUNT_SECRT: 'HUSH' }),
    );
    expect(mistakes.length).toBeGreaterThan(1);
    expect(mistakes.join('\n')).not.toContain('HUSH');
  }
  expect(mistakesIn(environment(toml[0] ?? ''))[0]).toBe(
    'secret[0] in FILE is (hidden): it should be a text of at least 32 characters',
  );
});
