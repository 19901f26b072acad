import { describe, expect, test } from 'vitest';
import { languageOf } from './language.ts';

describe('the language that a reader prefers', () => {
  test.each([
    ['de', 'de'],
    ['DE', 'de'],
    ['en-US,en;q=0.9', 'en'],
    ['de-CH, fr;q=0.9, en;q=0.8, *;q=0.5', 'de'],
    ['zh-Hant-TW', 'zh'],
    ['en;q=0.2, fr;q=0.8', 'fr'],
    ['en;q=0.2,fr ; q=0.8', 'fr'],
    ['en;q=0.5, fr;q=0.5', 'en'],
    ['en;q=0.999, fr;q=1.000', 'fr'],
    ['en;q=0, fr;q=0.001', 'fr'],
    ['fil-PH', 'fil'],
    ['haw', 'haw'],
    ['nb-NO, no;q=0.9', 'nb'],
    // Codes of former days
    ['iw-IL', 'he'],
    ['in-ID', 'id'],
    // What names no language is passed over
    ['*, en;q=0.1', 'en'],
    ['xx, en;q=0.1', 'en'],
    ['x-klingon, tlh;q=0.1', 'tlh'],
    ['en;q=2, fr;q=0.1', 'fr'],
    ['en;q=, fr;q=0.1', 'fr'],
    [',,; ,fr', 'fr'],
    ['en_US, fr;q=0.1', 'fr'],
    [`${'xx,'.repeat(19)}en`, 'en'],
  ])('%s is %s', (header, expected) => {
    expect(languageOf(header)).toBe(expected);
    expect(languageOf(header)).toBe(expected);
  });
});

describe('nothing is known where the header names none', () => {
  test.each([
    ['no header', null],
    ['an empty header', ''],
    ['any language', '*'],
    ['a language that is not accepted', 'en;q=0'],
    ['a language that does not exist', 'xx'],
    ['no language in particular', 'und'],
    ['many languages', 'mul'],
    ['no language at all', 'zxx'],
    ['a word', 'english'],
    ['one letter', 'i'],
    ['a control character', 'en\u0000'],
    ['SQL', "en'; DROP TABLE oxi_visits; --"],
    ['a language behind 20 that are none', `${'xx,'.repeat(20)}en`],
    ['8 KB', 'en,'.repeat(2731)],
  ])('%s', (_, header) => {
    expect(languageOf(header)).toBeNull();
    expect(languageOf(header)).toBeNull();
  });
});

test('any two letters are a language that has a name, or none', () => {
  const letters = [...'abcdefghijklmnopqrstuvwxyz'];
  const codes = letters.flatMap((first) => letters.map((second) => first + second));
  const languages = codes.map((code) => languageOf(code)).filter((language) => language !== null);
  const names = new Intl.DisplayNames(['en'], { type: 'language', fallback: 'none' });
  expect(languages.length).toBeGreaterThan(150);
  expect(languages.filter((language) => names.of(language) === undefined)).toEqual([]);
});
