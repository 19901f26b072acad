import { expect, it } from 'vitest';
import { snippetFor } from './snippet.ts';

const instance = 'https://count.example/';

it('the snippet names the site only where there are several', () => {
  expect(snippetFor(instance, undefined)).toBe(
    '<script defer src="https://count.example/count.js"></script>',
  );
  expect(snippetFor(instance, 'blog')).toBe(
    '<script defer src="https://count.example/count.js" data-site="blog"></script>',
  );
});
