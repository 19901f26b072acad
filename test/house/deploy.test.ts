import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
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

/** What is used here of the Compose specification. */
interface Compose {
  readonly services: Readonly<Record<string, ComposeService>>;
  readonly volumes?: object;
  readonly secrets?: Readonly<Record<string, { readonly file: string }>>;
  readonly configs?: object;
}

interface ComposeService {
  readonly image: string;
  readonly build?: { readonly context: string; readonly dockerfile: string };
  readonly environment?: Readonly<Record<string, string>>;
  readonly ports?: readonly string[];
  readonly volumes?: readonly string[];
  readonly secrets?: readonly string[];
  readonly configs?: readonly { readonly source: string }[];
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
  readonly healthcheck?: { readonly test: readonly string[] };
}

test.each(files.filter((name) => name.startsWith('compose.')))('%s uses what it declares', (name) => {
  const compose: Compose = parse(text(name), { merge: true, strict: true, uniqueKeys: true });
  const services = Object.values(compose.services);
  const first = (mount: string) => mount.split(':')[0] ?? '';
  const used = (of: (service: ComposeService) => readonly string[]) =>
    [...new Set(services.flatMap(of))].sort();
  const declared = (things: object | undefined) => Object.keys(things ?? {}).sort();
  expect(used(({ volumes = [] }) => volumes.map(first))).toEqual(declared(compose.volumes));
  expect(used(({ secrets = [] }) => secrets)).toEqual(declared(compose.secrets));
  expect(used(({ configs = [] }) => configs.map(({ source }) => source))).toEqual(declared(compose.configs));

  for (const service of services) {
    expect(service.image).toMatch(/^[a-z]+(:[\w.-]+)?$/);
    if (service.build)
      expect(existsSync(new URL(`${service.build.context}/package.json`, folder))).toBe(true);
    for (const port of service.ports ?? []) expect(port).toMatch(/^(127\.0\.0\.1:)?\d+:\d+$/);
    for (const value of Object.values(service.environment ?? {})) {
      expect(value).toBeTypeOf('string');
      const [, secret] = /^\/run\/secrets\/(\w+)$/.exec(value) ?? [];
      if (secret !== undefined) expect(service.secrets).toContain(secret);
    }
    for (const [other, { condition }] of Object.entries(service.depends_on ?? {})) {
      const { healthcheck, build } = compose.services[other] as ComposeService;
      expect(condition).toBe('service_healthy');
      // An image that is built here has the check of the Dockerfile.
      if (build) expect(text('Dockerfile')).toMatch(/^HEALTHCHECK /m);
      else expect(healthcheck?.test[0]).toBe('CMD');
    }
  }
});
