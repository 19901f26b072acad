import { expect, test } from 'vitest';
import { startTestService } from '../support/service.ts';
import { describeWith, runIn } from './support/command.ts';
import { createProject } from './support/project.ts';
import { readmeExample } from './support/readme.ts';

describeWith('hugo', 'the recipe for Hugo', () => {
  const site = (url: string) => ({
    'config.toml': `baseURL = "https://blog.example/"
disableKinds = ["taxonomy", "term", "RSS", "sitemap"]
[caches.getresource]
maxAge = 0
${readmeExample('toml', url)}`,
    'layouts/partials/visits.html': readmeExample('go-html-template', url),
    'layouts/index.html':
      '{{ range .Site.RegularPages }}{{ .RelPermalink }} {{ partial "visits.html" . }};{{ end }}',
    'layouts/_default/single.html': '{{ partial "visits.html" . }}',
    'content/a.md': '---\ntitle: A\n---\n',
    'content/b.md': '---\ntitle: B\n---\n',
  });

  test('puts the counts into the pages', async () => {
    const service = await startTestService();
    await service.visit('/a');
    await service.visit('/a');
    const project = await createProject(site(service.url));
    await runIn(project.folder, 'hugo', '--quiet');
    expect((await project.read('public/a/index.html')).trim()).toBe('2');
    expect((await project.read('public/b/index.html')).trim()).toBe('0');
    expect((await project.read('public/index.html')).replace(/\s+/g, '').split(';').sort()).toEqual([
      '',
      '/a/2',
      '/b/0',
    ]);
  });

  test('builds while the service is down', async () => {
    const project = await createProject(site('http://127.0.0.1:1'));
    await runIn(project.folder, 'hugo', '--quiet');
    expect((await project.read('public/a/index.html')).trim()).toBe('0');
  });
});
