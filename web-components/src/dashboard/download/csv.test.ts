import { describe, expect, it } from 'vitest';
import { csvOf } from './csv.ts';

describe('a table as CSV', () => {
  it('has a line for each row', () => {
    expect(
      csvOf([
        ['value', 'visits'],
        ['DE', 12],
        ['FR', null],
      ]),
    ).toBe('value,visits\r\nDE,12\r\nFR,\r\n');
  });

  it('quotes what would be taken for something else', () => {
    expect(csvOf([['a,b', 'say "hi"', 'two\nlines', '/caf%C3%A9']])).toBe(
      '"a,b","say ""hi""","two\nlines",/caf%C3%A9\r\n',
    );
  });

  it.each([
    '=1+1',
    '+1',
    '-1',
    '@SUM(A1)',
    '\t=1',
    '\r=1',
    ' =1',
    '\n@x',
    '＝1+1',
  ])('keeps a spreadsheet from running %j', (text) => expect(csvOf([[text]])).toBe(`"'${text}"\r\n`));

  it('leaves numbers below zero as they are', () => expect(csvOf([[-0.25]])).toBe('-0.25\r\n'));
});
