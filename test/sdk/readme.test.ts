import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdir, symlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { transform } from 'esbuild';
import { expect, test } from 'vitest';
import { startTestService } from '../support/service.ts';
import { strict } from './support/consumer.ts';
import { createProject } from './support/project.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const readme = readFileSync(join(root, 'sdk/README.md'), 'utf8');
const sections = readme.split(/^## /m).map((text) => ({
  title: text.slice(0, text.indexOf('\n')),
  codes: [...text.matchAll(/```ts\n([\s\S]+?)```/g)].map(([, code = '']) => code),
}));
const programs = sections.flatMap(({ title, codes }) => codes.map((code) => ({ title, code })));

/** What the examples import besides the SDK. */
const PACKAGES = ['@apollo/client', '@urql/core', 'graphql-request'];

async function createExamples(url: string, token = '') {
  const files = programs.map(({ code }, i) => [
    `example-${i}.ts`,
    code.replaceAll('https://stats.example.org', url).replaceAll('YOUR-TOKEN', token),
  ]);
  const project = await createProject({
    'package.json': '{ "type": "module" }',
    ...Object.fromEntries(files),
    'tsconfig.json': JSON.stringify({
      compilerOptions: { ...strict, lib: ['es2023', 'dom'], skipLibCheck: true },
      include: ['*.ts'],
    }),
  });
  for (const name of PACKAGES) {
    const link = join(project.folder, 'node_modules', name);
    await mkdir(dirname(link), { recursive: true });
    await symlink(join(root, 'node_modules', name), link);
  }
  const node = (...args: string[]) =>
    promisify(execFile)(process.execPath, args, { cwd: project.folder }).catch(({ stdout, stderr }) => {
      throw new Error(`${stdout}\n${stderr}`);
    });
  return { project, node };
}

test('every example of the README compiles', async () => {
  const { node } = await createExamples('https://stats.example.org');
  await node(join(root, 'node_modules/typescript/bin/tsc'), '--project', '.');
  expect(programs.length).toBeGreaterThan(10);
});

test.each(
  programs.map(({ title }, i) => [title, i] as const),
)('the example of "%s" runs (%i)', async (_title, i) => {
  const service = await startTestService();
  await service.visit('/posts/hello', { referrer: 'https://news.example.org' });
  const { project, node } = await createExamples(service.url, service.service.firstToken ?? '');
  const { code } = await transform(await project.read(`example-${i}.ts`), { loader: 'ts', target: 'es2023' });
  await project.write('example.js', code);
  expect((await node('example.js')).stderr).toBe('');
});
