import { readFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { dirname, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

const server = fileURLToPath(new URL('../../server', import.meta.url));

/** What each part of the server may import: folders of the server, and packages. Types count as imports. */
const RULES: Record<string, { folders: string[]; packages: string[] | 'any' }> = {
  domain: {
    folders: [],
    packages: ['node:crypto', 'node:net', 'lru-cache', 'p-limit', '@repeaterjs/repeater', 'bowser', 'isbot'],
  },
  config: {
    folders: ['domain', 'log.ts'],
    packages: ['node:fs', 'node:net', 'node:path', 'node:url', 'smol-toml', 'zod'],
  },
  storage: { folders: ['domain'], packages: 'any' },
  budgets: { folders: ['domain'], packages: ['node:timers/promises', 'ioredis'] },
  events: { folders: ['domain', 'redis', 'log.ts'], packages: 'any' },
  redis: { folders: [], packages: ['ioredis'] },
  origin: { folders: ['domain'], packages: 'any' },
  webhooks: { folders: ['domain'], packages: ['node:dns', 'node:http', 'node:https', 'node:net'] },
  geo: {
    folders: ['domain', 'log.ts'],
    packages: ['node:fs/promises', 'node:module', 'node:net', 'maxmind'],
  },
  http: {
    folders: ['domain', 'log.ts', 'refusals.ts'],
    packages: [
      'node:http',
      'node:net',
      'node:module',
      'node:path',
      'node:fs',
      'node:zlib',
      'node:crypto',
      'node:stream',
      'fastify',
      'badge-maker',
      '@fastify/proxy-addr',
      '@fastify/static',
      '@fastify/compress',
    ],
  },
  // Reads of entities are what the Prisma plugin is for: the one way past the domain, by the client's type only.
  graphql: {
    folders: ['domain', 'http/caller.ts', 'log.ts', 'refusals.ts', 'storage/generated'],
    packages: 'any',
  },
  import: { folders: ['domain'], packages: 'any' },
  // Looks at the layers from outside: of what they are told to tell it, by types only.
  metrics: {
    folders: [
      'domain',
      'events/observer.ts',
      'graphql/observer.ts',
      'storage/database.ts',
      'storage/writer.ts',
    ],
    packages: ['fastify', 'prom-client'],
  },
  tracing: {
    folders: ['config', 'domain', 'graphql/observer.ts', 'log.ts', 'storage/database.ts'],
    packages: [
      'node:http',
      'fastify',
      '@opentelemetry/api',
      '@opentelemetry/context-async-hooks',
      '@opentelemetry/core',
      '@opentelemetry/exporter-trace-otlp-http',
      '@opentelemetry/resources',
      '@opentelemetry/sdk-trace-base',
    ],
  },
  'demo-history': {
    folders: ['domain'],
    packages: [
      'pure-rand/distribution/uniformFloat64',
      'pure-rand/generator/xoroshiro128plus',
      'pure-rand/types/JumpableRandomGenerator',
    ],
  },
  workers: {
    folders: ['budgets', 'config', 'domain', 'events', 'free-port.ts', 'log.ts'],
    packages: ['node:cluster', 'node:crypto'],
  },
  // Looks at the world from beside the service, and so reads a database without opening it for use.
  doctor: {
    folders: ['config', 'domain', 'redis', 'storage/migrate.ts', 'storage/sqlite/statements.ts'],
    packages: [
      'better-sqlite3',
      'graphql-ws',
      'ioredis',
      'node:child_process',
      'node:fs',
      'node:fs/promises',
      'node:http',
      'node:https',
      'node:net',
      'node:os',
      'node:path',
      'node:tls',
      'node:url',
      'node:util',
      'pg',
      'ws',
    ],
  },
  cli: {
    folders: [
      'config',
      'demo-history',
      'doctor',
      'domain',
      'geo',
      'import',
      'storage',
      'workers',
      'log.ts',
      'main.ts',
      'replicas.ts',
    ],
    packages: 'any',
  },
};

// As the formatter writes them, so that no Buffer.from('...') is one.
const IMPORT = /\b(?:from |import |import\()'([^']+)'/g;

async function sourcesOf(folder: string): Promise<string[]> {
  const entries = await readdir(resolve(server, folder), { recursive: true });
  return entries
    .filter((name) => name.endsWith('.ts') && !/\.test\.ts$|\.testing\.ts$/.test(name))
    .filter((name) => !name.startsWith('generated'))
    .map((name) => resolve(server, folder, name));
}

describe.each(Object.entries(RULES))('server/%s', (folder, { folders, packages }) => {
  test(`imports only ${folders.length > 0 ? `from ${folders.join(', ')}` : 'from itself'}`, async () => {
    const sources = await sourcesOf(folder);
    expect(sources.length).toBeGreaterThan(0);
    const strangers = sources.flatMap((file) =>
      [...readFileSync(file, 'utf8').matchAll(IMPORT)]
        .map(([, specifier = '']) => specifier)
        .filter((specifier) => {
          if (!specifier.startsWith('.')) {
            return packages !== 'any' && !specifier.startsWith('#') && !packages.includes(specifier);
          }
          const target = relative(server, resolve(dirname(file), specifier));
          return ![folder, ...folders].some(
            (allowed) => target === allowed || target.startsWith(`${allowed}/`),
          );
        })
        .map((specifier) => `${relative(server, file)} imports ${specifier}`),
    );
    expect(strangers).toEqual([]);
  });
});

test('only the configuration reads the environment', async () => {
  const folders = [...Object.keys(RULES).filter((name) => name !== 'config')];
  const files = (await Promise.all(folders.map(sourcesOf))).flat();
  const readers = files.filter((file) => readFileSync(file, 'utf8').includes('process.env'));
  expect(readers.map((file) => relative(server, file))).toEqual([]);
});

test('every folder of the server has a rule', async () => {
  const entries = await readdir(server, { withFileTypes: true });
  const folders = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  const assets = ['demo', 'deploy', 'docs', 'pages', 'scripts', 'dist', 'node_modules', 'data'];
  expect(folders.filter((name) => !assets.includes(name) && !(name in RULES))).toEqual([]);
});

test.each(['sdk', 'web-components'])('%s installs and runs without the server', async (name) => {
  const root = fileURLToPath(new URL(`../../${name}`, import.meta.url));
  const {
    name: own,
    dependencies = {},
    peerDependencies = {},
  } = JSON.parse(readFileSync(resolve(root, 'package.json'), 'utf8'));
  const allowed = [own, ...Object.keys(dependencies), ...Object.keys(peerDependencies)];
  const files = (await readdir(resolve(root, 'src'), { recursive: true })).filter((file) =>
    file.endsWith('.ts'),
  );
  expect(files.length).toBeGreaterThan(0);
  const strangers = files
    .filter((file) => !/\.test\.ts$|\.testing\.ts$/.test(file))
    .flatMap((file) =>
      [...readFileSync(resolve(root, 'src', file), 'utf8').matchAll(IMPORT)]
        .map(([, specifier = '']) => specifier)
        .filter((specifier) =>
          specifier.startsWith('.')
            ? relative(root, resolve(root, 'src', dirname(file), specifier)).startsWith('..')
            : !specifier.startsWith('node:') &&
              !allowed.some((one) => specifier === one || specifier.startsWith(`${one}/`)),
        )
        .map((specifier) => `${file} imports ${specifier}`),
    );
  expect(strangers).toEqual([]);
});
