import { expect, it } from 'vitest';
import { snippetFor } from './screen.ts';

const site = { id: 'blog', name: 'Blog', baseUrls: [], timeZone: 'UTC', minDelaySecs: 19 };
const instance = 'https://count.example/';

it('the snippet names the site only where there are several', () => {
  expect(snippetFor({ instance, sites: [site], site })).toBe(
    '<script defer src="https://count.example/count.js"></script>',
  );
  expect(snippetFor({ instance, sites: [site, { ...site, id: 'docs' }], site })).toBe(
    '<script defer src="https://count.example/count.js" data-site="blog"></script>',
  );
});
