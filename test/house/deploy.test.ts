import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { settings } from '../../server/config/config.ts';

const folder = new URL('../../server/deploy/', import.meta.url);
const files = readdirSync(folder);
const text = (name: string) => readFileSync(new URL(name, folder), 'utf8');
const known = new Set([
  'OXICOUNT_CONFIG_FILE',
  ...settings.flatMap(({ variable, fileVariable }) => [variable, fileVariable]),
]);

test.each(files)('%s sets nothing that is no setting', (name) => {
  const variables = [...text(name).matchAll(/OXICOUNT_[A-Z_]+/g)].map(([variable]) => variable);
  expect(variables.filter((variable) => !known.has(variable))).toEqual([]);
});

test.each(files.filter((name) => name.startsWith('compose.')))('%s names what is there', (name) => {
  const compose = text(name);
  const [, dockerfile = ''] = /dockerfile: (\S+)/.exec(compose) ?? [];
  expect(existsSync(new URL(`../../${dockerfile}`, folder))).toBe(true);
  const [, configuration] = /file: \.\/(Caddyfile\S*)/.exec(compose) ?? [];
  if (configuration !== undefined) expect(files).toContain(configuration);
  // The service listens where the image says.
  const [, port = ''] = /SOCKET_ADDRESS=0\.0\.0\.0:(\d+)/.exec(text('Dockerfile')) ?? [];
  const reached = compose + (configuration === undefined ? '' : text(configuration));
  expect(reached).toMatch(new RegExp(`:${port}\\b`));
});
