import { writeFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ConfigError, loadConfig } from './config.ts';
import { configFile } from './world.testing.ts';

test('whatever stands in variables and file, there is a configuration or a ConfigError', () => {
  const codeUnits = fc.array(fc.integer({ max: 0xffff, min: 0 }));
  // Half surrogate pairs included, which no encoder likes.
  const anyText = codeUnits.map((units) => String.fromCharCode(...units));
  const part = fc.constantFrom(
    'http:',
    'file:',
    'postgresql:',
    '//',
    '/',
    'a.example',
    '[::1]',
    ':8080',
    'u:p@',
    '%',
    '*',
    '+14:00',
    'é',
  );
  const url = fc.array(part, { maxLength: 5 }).map((parts) => parts.join(''));
  const scalar = fc.oneof(
    anyText.map((text) => JSON.stringify(text)),
    url.map((text) => JSON.stringify(text)),
    fc.integer().map(String),
    fc.constantFrom(
      'true',
      'inf',
      'nan',
      '-0',
      '1979-05-27',
      '[]',
      '{}',
      '{ a = 1 }',
      '[[], {}]',
      '9'.repeat(30),
      '',
    ),
  );
  const key = fc.constantFrom(
    'secret',
    'tracked_origin',
    'base_url',
    'db.host',
    'db.database',
    'utc_offset.hours',
    'min_delay_secs',
    'limits',
    'limits.reads',
    'trusted_proxies',
    'country_header',
    'country_database',
    'respect_dnt',
    'visibility',
    'admin_token',
    'time_zone',
    'database_url',
    'sites',
    'db',
    '__proto__',
    'toString',
    '"a b"',
  );
  const toml = fc
    .array(fc.tuple(key, scalar))
    .map((lines) => lines.map((pair) => pair.join(' = ')).join('\n'));
  const variable = fc.constantFrom(
    'OXICOUNT_DB__HOST',
    'OXICOUNT_SECRET',
    'OXICOUNT_DB__USERNAME',
    'OXICOUNT___PROTO__',
    'OXITRAFFIC_TIME_ZONE',
    'OXICOUNT_SOCKET_ADDRESS',
    'OXICOUNT_DATABASE_URL',
    'OXICOUNT_TRUSTED_PROXIES',
    'OXICOUNT_COUNTRY_DATABASE',
    'OXICOUNT_RESPECT_DNT',
  );
  const variables = fc.dictionary(variable, fc.oneof(anyText, url));
  const file = configFile('');
  fc.assert(
    fc.property(toml, variables, (text, env) => {
      writeFileSync(file, text);
      try {
        expect(Object.isFrozen(loadConfig({ OXICOUNT_CONFIG_FILE: file, ...env }))).toBe(true);
      } catch (error) {
        expect(error).toBeInstanceOf(ConfigError);
      }
    }),
    { numRuns: 200 },
  );
});
