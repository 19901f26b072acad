import { describe, expect, it } from 'vitest';
import { formatCount, formatMoment, formatReferrer, formatSpent } from './format.ts';

describe('figures in words', () => {
  it('writes counts as the language does', () => {
    expect([formatCount(1234, 'en'), formatCount(1234, 'de')]).toEqual(['1,234', '1.234']);
  });

  it.each([
    [0, '0s'],
    [45, '45s'],
    [60, '1m'],
    [85, '1m 25s'],
    [3600, '1h'],
    [3725, '1h 2m'],
  ])('%i seconds are %s', (seconds, text) => expect(formatSpent(seconds, 'en')).toBe(text));

  it('writes seconds out in running text', () => {
    expect(formatSpent(19, 'en', 'long')).toBe('19 seconds');
  });

  it('writes a moment in the time zone of the site', () => {
    const style = { language: 'en-GB', precision: 'date and minute', timeZone: 'Europe/Berlin' } as const;
    expect(formatMoment('2026-03-29T01:30:00Z', style)).toBe('29 Mar 2026, 03:30');
  });

  it('still writes a moment when the browser does not know the time zone', () => {
    const style = { language: 'en', precision: 'second of the day', timeZone: 'Atlantis/Capital' } as const;
    expect(formatMoment('2026-03-29T01:30:07Z', style)).toContain(':07');
  });

  it('shows a referrer without its scheme', () => {
    expect(formatReferrer('https://news.example')).toBe('news.example');
  });
});
