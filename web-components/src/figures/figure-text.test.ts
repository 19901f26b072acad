import { describe, expect, it } from 'vitest';
import { figuresNamed } from './figure.ts';
import { changeText, figureText } from './figure-text.ts';

describe('a figure in words', () => {
  it.each([
    ['count', 1234, '1,234'],
    ['seconds', 125.4, '2m 5s'],
    ['share', 0.409, '41%'],
    ['count', 0, '0'],
    ['share', null, '–'],
    ['seconds', undefined, '–'],
  ] as const)('%s %s is %s', (kind, value, text) => expect(figureText(kind, value, 'en')).toBe(text));

  it('is written as the language does', () => {
    expect(figureText('count', 1234, 'de')).toBe('1.234');
  });
});

describe('a change in words', () => {
  it.each([
    [0.123, '+12%'],
    [0.0123, '+1.2%'],
    [-0.5, '-50%'],
    [0, '0%'],
    [0.0004, '0%'],
    [3, '+300%'],
  ])('%s is %s', (change, text) => expect(changeText(change, 'en')).toBe(text));
});

it('figures are named in a list, and what is none is left out', () => {
  expect(figuresNamed('visits  nonsense bounce-rate').map(({ field }) => field)).toEqual([
    'visits',
    'bounceRate',
  ]);
});
