import { describe, expect, it } from 'vitest';
import { DEVICES, valueName } from './value-name.ts';

const word = (name: string) => DEVICES[name] ?? name;

describe('a value as people read it', () => {
  it.each([
    ['page', '/caf%C3%A9', '/café'],
    ['entry-page', '/%E2%80%AEexe', '/%E2%80%AEexe'],
    ['country', 'DE', 'Germany'],
    ['language', 'pt', 'Portuguese'],
    ['device', 'tv', 'TV'],
    ['device', 'desktop', 'Desktop'],
    ['referrer', 'https://news.example', 'news.example'],
    ['referrer', 'Google', 'Google'],
    ['browser', 'Firefox', 'Firefox'],
    ['campaign', 'newsletter / email', 'newsletter / email'],
  ])('%s %s is %s', (dimension, value, name) =>
    expect(valueName(dimension, value, { language: 'en', word })).toBe(name));

  it('is in the language of the element', () => {
    const naming = { language: 'de', word: (name: string) => ({ tablet: 'Tablett' })[name] ?? name };
    expect(valueName('country', 'DE', naming)).toBe('Deutschland');
    expect(valueName('language', 'pt', naming)).toBe('Portugiesisch');
    expect(valueName('device', 'tablet', naming)).toBe('Tablett');
  });

  it.each([
    ['country', '-'],
    ['country', 'Atlantis'],
    ['language', '??'],
    ['device', 'toString'],
    ['device', 'name'],
    ['unheard-of', 'value'],
  ])('%s %s has no name, and is shown as it is', (dimension, value) =>
    expect(valueName(dimension, value, { language: 'en', word: () => 'a word' })).toBe(value));
});
