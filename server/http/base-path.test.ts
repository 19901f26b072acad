import { expect, test } from 'vitest';
import { basePathOf, withoutBasePath } from './base-path.ts';

test('an instance with a host of its own is below no path', () => {
  expect(basePathOf('https://count.example')).toBe('');
  expect(withoutBasePath('/count.js', '')).toBe('/count.js');
});

test.each([
  ['/stats/count.js', '/count.js'],
  ['/stats/', '/'],
  ['/stats/?site=blog', '/?site=blog'],
  ['/stats/stats?path=/posts', '/stats?path=/posts'],
  // The proxy took the path away.
  ['/count.js', '/count.js'],
  ['/stats?path=/posts', '/stats?path=/posts'],
  ['/statistics/count.js', '/statistics/count.js'],
])('%s of one below /stats is %s', (url, route) => {
  expect(withoutBasePath(url, basePathOf('https://example.org/stats'))).toBe(route);
});
