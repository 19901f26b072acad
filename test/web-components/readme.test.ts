import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { strict } from '../sdk/support/consumer.ts';
import { startTestService } from '../support/service.ts';
import { type InstalledElements, installElements } from './support/installed-elements.ts';
import { examplesOf } from './support/readme.ts';

const ELEVENTY = fileURLToPath(new URL('../../node_modules/@11ty/eleventy/cmd.cjs', import.meta.url));

let project: InstalledElements;
beforeAll(async () => {
  project = await installElements();
});
afterAll(() => project?.remove());

test('the example for React compiles', async () => {
  const [example = ''] = examplesOf('React', 'tsx');
  await project.write('example.tsx', example);
  const compilerOptions = { ...strict, jsx: 'react-jsx', lib: ['es2023', 'dom', 'dom.iterable'] };
  await project.write('tsconfig.json', JSON.stringify({ compilerOptions, files: ['example.tsx'] }));
  expect(await project.compile('typescript 7')).toBe('');
}, 120_000);

test('the example for Node gives finished HTML', async () => {
  const service = await startTestService();
  await service.visit('/posts/hello');
  const [example = ''] = examplesOf('Into static HTML', 'js', service.url);
  await project.write('example.js', `${example}console.log(html);`);
  const html = await project.node(['--no-warnings', 'example.js']);
  expect(html).toContain('<template shadowrootmode="open">');
  expect(html).toContain('<span part="count">1</span>');
});

test('an Eleventy site is built with the example for it', async () => {
  const service = await startTestService();
  for (let i = 0; i < 3; i++) await service.visit('/a');
  const [, configuration = ''] = examplesOf('Into static HTML', 'js', service.url);
  const [template = ''] = examplesOf('Into static HTML', 'njk', service.url);
  await project.write('eleventy.config.js', configuration);
  await project.write('a.njk', template);
  await project.node(['--no-warnings', ELEVENTY, '--quiet', '--input=a.njk', '--output=out']);
  const html = await readFile(join(project.folder, 'out/a/index.html'), 'utf8');
  expect(html).toMatch(
    /<p>Read <oxi-count url="[^"]+" site="blog" path="\/a\/" live="" data="[^"]+"><template/,
  );
  expect(html).toContain('<span part="count">3</span>');
  expect(html).not.toContain('&lt;oxi-count');
}, 60_000);
