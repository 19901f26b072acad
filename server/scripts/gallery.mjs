import { readFileSync, writeFileSync } from 'node:fs';
import { renderElement } from '../../web-components/dist/ssr.js';

/** Puts finished HTML of elements into the gallery's page, where comments ask for it. */
export async function renderGallery(folder) {
  const { SAMPLES } = await import(`${folder}/samples.js`);
  let page = readFileSync(`${folder}/index.html`, 'utf8');
  for (const [comment, tag] of page.matchAll(/<!-- rendered: (oxi-[\w-]+) -->/g)) {
    const html = await renderElement(tag, { lang: 'en', label: 'March', data: SAMPLES[tag].full });
    // The instance's pages take styles from files only.
    page = page.replace(
      comment,
      html.replace(/<style>([\s\S]*?)<\/style>/, (_style, css) => {
        writeFileSync(`${folder}/${tag}.css`, css);
        return `<link rel="stylesheet" href="${tag}.css">`;
      }),
    );
  }
  writeFileSync(`${folder}/index.html`, page);
}
