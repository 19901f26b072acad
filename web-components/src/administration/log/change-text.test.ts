import { expect, it } from 'vitest';
import { sayIn } from '../words.ts';
import { changeText } from './change-text.ts';

const say = sayIn(undefined);

it.each([
  ['"Berlin"', 'Berlin'],
  ['30', '30'],
  ['true', 'Yes'],
  ['["https://a.example","https://b.example"]', 'https://a.example, https://b.example'],
  ['["READ","SEND"]', 'Read, Send'],
  ['"private"', 'Only with a token'],
  ['[]', 'none'],
  [null, 'none'],
])('%s of the log is read as %s', (json, text) => {
  expect(changeText(json, say)).toBe(text);
});
