import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, transform } from 'esbuild';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as operations from '../../sdk/src/generated/operations.ts';
import { startTestService } from '../support/service.ts';
import { type Consumer, createConsumer, strict } from './support/consumer.ts';
import { EVERY_METHOD } from './support/every-method.ts';

const PROGRAM = `import { createClient, OxicountError } from '@oxicount/sdk';
const client = createClient({ url: 'INSTANCE', site: 'blog' });
${EVERY_METHOD}`;

const TYPES = fileURLToPath(new URL('../../node_modules/@types', import.meta.url));

test('every method is tried', () => {
  const untried = Object.keys(operations).filter((name) => !EVERY_METHOD.includes(`client.${name}(`));
  expect(untried).toEqual([]);
});

let consumer: Consumer;
beforeAll(async () => {
  consumer = await createConsumer();
});
afterAll(() => consumer.remove());

describe('installed from its package', () => {
  test.each([
    'typescript 7',
    'typescript 5.9',
  ] as const)('it compiles under %s, declarations of dependencies too', async (typescript) => {
    await consumer.write('program.ts', PROGRAM);
    await consumer.write(
      'entries.ts',
      `export * as operations from '@oxicount/sdk/operations';
export * as documents from '@oxicount/sdk/documents';
export * as administration from '@oxicount/sdk/administration';
export * as webhooks from '@oxicount/sdk/webhooks';
export * as slim from '@oxicount/sdk/slim';
export * as live from '@oxicount/sdk/live';
export * as browser from '@oxicount/sdk/browser';
export * as siteCounts from '@oxicount/sdk/site-counts';
export * as eleventy from '@oxicount/sdk/eleventy';
export * as astro from '@oxicount/sdk/astro';
export * as urql from '@oxicount/sdk/urql';
import { cacheExchange } from '@urql/core';
createClient({ url: '', exchanges: [cacheExchange] });
import { trackVisit, createClient } from '@oxicount/sdk';
trackVisit(createClient({ url: '' }), { window, path: '/a' });
`,
    );
    expect(await consumer.compile(typescript)).toBe('');
  });

  test.each([
    'typescript 7',
    'typescript 5.9',
  ] as const)('it compiles with the types of Node alone under %s', async (typescript) => {
    await consumer.write('node.ts', PROGRAM);
    await consumer.write(
      'tsconfig.node.json',
      JSON.stringify({
        compilerOptions: { ...strict, lib: ['es2023'], types: ['node'], typeRoots: [TYPES] },
        files: ['node.ts'],
      }),
    );
    expect(await consumer.compile(typescript, 'tsconfig.node.json')).toBe('');
  });

  test.each([
    'typescript 7',
    'typescript 5.9',
  ] as const)('a wrong argument does not compile under %s', async (typescript) => {
    await consumer.write('wrong.ts', await readFile(new URL('wrong-arguments.txt', import.meta.url), 'utf8'));
    expect(await consumer.compile(typescript)).toBe('');
  });

  test('every method works in Node', async () => {
    const { url } = await startTestService();
    const { code } = await transform(PROGRAM.replace('INSTANCE', url), { loader: 'ts', target: 'es2022' });
    await consumer.write('program.js', code);
    expect(await consumer.node(['program.js'])).toBe('');
  });

  test('every method works in Node from a bundle', async () => {
    const { url } = await startTestService();
    await build({
      stdin: { contents: PROGRAM.replace('INSTANCE', url), loader: 'ts', resolveDir: consumer.folder },
      bundle: true,
      platform: 'node',
      format: 'esm',
      banner: {
        js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
      },
      outfile: join(consumer.folder, 'bundle/program.mjs'),
    });
    expect(await consumer.node(['bundle/program.mjs'])).toBe('');
  });

  test('importing any of it does nothing', async () => {
    const { exports } = JSON.parse(
      await readFile(join(consumer.folder, 'node_modules/@oxicount/sdk/package.json'), 'utf8'),
    );
    const entries = Object.keys(exports).filter((name) => !name.endsWith('.json'));
    await consumer.write(
      'imports.js',
      `${entries.map((name) => `import '${name.replace('.', '@oxicount/sdk')}';`).join('\n')}
console.log(process.getActiveResourcesInfo().filter((name) => /Timer|TCP|Timeout/.test(name)).join());`,
    );
    expect((await consumer.node(['imports.js'])).trim()).toBe('');
  });
});
