import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { startTestService } from '../support/service.ts';
import { runIn } from './support/command.ts';
import { createProject } from './support/project.ts';
import { readmeExample } from './support/readme.ts';

const eleventy = fileURLToPath(new URL('../../node_modules/@11ty/eleventy/cmd.cjs', import.meta.url));

const SITE = {
  'package.json': '{ "type": "module" }',
  'src/index.njk': `<p id="total">{{ visits.total }}</p>
{% for page in visits.pages %}<i>{{ page.path }} {{ page.count }}</i>{% endfor %}
<ol>{% for post in collections.mostRead %}<li>{{ post.url }} {{ post.url | visits }}</li>{% endfor %}</ol>`,
  'src/a.md': '# A\n\nRead {% visits %} times; B {% visits "/b/" %}.',
  'src/b.njk': '{% visits %}',
  'src/unread.njk': '{% visits %}',
};

function configuration(url: string): string {
  return `import oxicount from '@oxicount/sdk/eleventy';
export default (config) => {
  config.addPlugin(oxicount, { url: '${url}', site: 'blog', lang: 'de', maxAgeSecs: 0, timeoutMs: 1000 });
};
export const config = { dir: { input: 'src', output: 'out' } };`;
}

test('an Eleventy site is built with its counts, and again while the service is down', async () => {
  const service = await startTestService();
  await service.visit('/a');
  for (let i = 0; i < 3; i++) await service.visit('/b');
  const project = await createProject({ ...SITE, 'eleventy.config.js': configuration(service.url) });
  const build = () => runIn(project.folder, process.execPath, eleventy, '--quiet');
  const html = async (name: string) => (await project.read(join('out', name))).trim();

  await build();
  const index = await html('index.html');
  expect(index).toContain('<p id="total">4</p>');
  expect(index).toContain('<i>/b 3</i><i>/a 1</i>');
  expect(index).toContain('<ol><li>/b/ 3</li><li>/a/ 1</li></ol>');
  expect(await html('a/index.html')).toBe('<h1>A</h1>\n<p>Read 1 times; B 3.</p>');
  expect(await html('b/index.html')).toBe('3');
  expect(await html('unread/index.html')).toBe('0');

  await service.stop();
  const { stderr } = await build();
  expect(stderr).toContain('oxicount: no counts from');
  expect(await html('b/index.html')).toBe('3');
});

test('an Eleventy site is built where there never was a service', async () => {
  const project = await createProject({ ...SITE, 'eleventy.config.js': configuration('http://127.0.0.1:1') });
  await runIn(project.folder, process.execPath, eleventy, '--quiet');
  expect(await project.read('out/b/index.html')).toBe('0');
});

test('the example of the README builds', async () => {
  const service = await startTestService();
  await service.visit('/posts/hello');
  const project = await createProject({
    'package.json': '{ "type": "module" }',
    'eleventy.config.js': readmeExample('js', service.url),
    'index.njk': readmeExample('njk', service.url),
    'posts/hello.md': '---\ntitle: Hello\n---\n',
  });
  await runIn(project.folder, process.execPath, eleventy, '--quiet');
  expect((await project.read('_site/index.html')).replace(/\s+/g, ' ').trim()).toBe(
    'Read 0 times, all pages 1 times. <a href="/posts/hello/">Hello</a> 1',
  );
});
