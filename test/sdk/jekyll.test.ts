import { expect, test } from 'vitest';
import { startTestService } from '../support/service.ts';
import { describeWith, runIn } from './support/command.ts';
import { createProject } from './support/project.ts';
import { readmeExample } from './support/readme.ts';

describeWith('jekyll', 'the recipe for Jekyll', () => {
  const site = (url: string) => ({
    '_config.yml': readmeExample('yaml', url),
    '_plugins/oxicount.rb': readmeExample('ruby', url),
    'a.html': '---\npermalink: /a/\n---\n{{ site.data.visits[page.url] | default: 0 }}',
    'b.html': '---\n---\n{{ site.data.visits[page.url] | default: 0 }}',
  });

  test('puts the counts into the pages', async () => {
    const service = await startTestService();
    await service.visit('/a');
    await service.visit('/b');
    await service.visit('/b');
    const project = await createProject(site(service.url));
    await runIn(project.folder, 'jekyll', 'build');
    expect(await project.read('_site/a/index.html')).toBe('1');
    expect(await project.read('_site/b.html')).toBe('2');
  });

  test('builds while the service is down', async () => {
    const project = await createProject(site('http://127.0.0.1:1'));
    await runIn(project.folder, 'jekyll', 'build');
    expect(await project.read('_site/a/index.html')).toBe('0');
  });
});
