import { expect, test } from 'vitest';
import { checkText } from './text.ts';

test.each([
  '',
  'a',
  'caf\u00e9',
  '\u307b\u3093',
  '\ud83d\ude00',
  '%_\\',
  "'; DROP TABLE oxi_visits; --",
  'x'.repeat(200),
])('%j can be looked for', (text) => {
  expect(() => checkText('search', text, 200)).not.toThrow();
});

test.each([
  ['x'.repeat(201), 'search is 201 characters long; 200 are the most.'],
  ['a\u0000b', 'search is "a\\u0000b"; it must not have control characters.'],
  ['\u001b[31m', 'search is "\\u001b[31m"; it must not have control characters.'],
  ['a\nb', 'search is "a\\nb"; it must not have control characters.'],
  ['\u0085', 'control characters'],
  ['a\ud800', 'search is "a\\ud800"; it must not have half a surrogate pair.'],
  [`${'x'.repeat(150)}\u0000`, `search is "${'x'.repeat(100)}"; `],
])('%j cannot, and the refusal says why', (text, message) => {
  expect(() => checkText('search', text, 200)).toThrow(
    expect.objectContaining({ code: 'INVALID_ARGUMENT', message: expect.stringContaining(message) }),
  );
});
