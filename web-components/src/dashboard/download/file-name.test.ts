import { expect, it } from 'vitest';
import { fileName } from './file-name.ts';

it('a file is named for the site, what is in it, and the range', () => {
  expect(fileName({ site: 'blog', part: 'totals', range: 'last-30-days', format: 'csv' })).toBe(
    'oxicount-blog-totals-last-30-days.csv',
  );
  expect(fileName({ site: 'blog', part: 'pages', range: '2024-03-01/2024-03-31', format: 'json' })).toBe(
    'oxicount-blog-pages-2024-03-01_2024-03-31.json',
  );
});

it('a file name has no characters that lead elsewhere', () => {
  expect(fileName({ site: '../x', part: 'a b', range: 'y/../z', format: 'csv' })).toBe(
    'oxicount-x-ab-y_z.csv',
  );
});
