import { afterAll, beforeAll, expect, test } from 'vitest';
import { type InstalledElements, installElements } from './support/installed-elements.ts';

const SAMPLES = new URL('../../server/demo/gallery/samples.js', import.meta.url).href;

let project: InstalledElements;
beforeAll(async () => {
  project = await installElements();
});
afterAll(() => project?.remove());

test('every element is finished HTML outside of a browser, with figures and with none, in any language', async () => {
  await project.write(
    'render.js',
    `import { renderElement } from '@oxicount/web-components/ssr';
    import { SAMPLES } from '${SAMPLES}';
    const wrong = [];
    for (const [tag, { full, empty }] of Object.entries(SAMPLES)) {
      for (const [data, lang] of [[full, 'en'], [empty, 'de'], [full, 'ar-EG']]) {
        const html = await renderElement(tag, { data, lang, path: '/a' });
        const [, figures = ''] = /<\\/style>(.+)<\\/template>/s.exec(html) ?? [];
        const text = figures.replace(/<[^>]*>/g, '').trim();
        if (!text || /undefined|NaN|\\[object|<!--/.test(figures) || /\\sstyle="/.test(figures)) wrong.push(html);
      }
    }
    console.log(wrong.join('\\n'));`,
  );
  expect((await project.node(['--no-warnings', 'render.js'])).trim()).toBe('');
});
