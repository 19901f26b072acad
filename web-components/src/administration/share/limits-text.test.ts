import { expect, it } from 'vitest';
import { sayIn } from '../words.ts';
import { limitsText } from './limits-text.ts';

const say = sayIn(undefined);

it('says what a link is limited to', () => {
  const range = { preset: 'LAST_7_DAYS', from: null, to: null };
  const filter = [
    { dimension: 'country', value: 'DE' },
    { dimension: 'ENTRY_PAGE', value: '/caf%C3%A9' },
  ];
  expect(limitsText({ range, filter }, say, 'en')).toBe('Last 7 days · Country Germany · Entry page /café');
});

it('says dates as they were given, with or without a last one', () => {
  const dates = (to: string | null) => ({ filter: [], range: { preset: null, from: '2026-03-01', to } });
  expect(limitsText(dates('2026-03-31'), say, 'en')).toBe('2026-03-01 – 2026-03-31');
  expect(limitsText(dates(null), say, 'en')).toBe('2026-03-01');
});

it('takes the words of the page', () => {
  const range = { preset: 'LAST_7_DAYS', from: null, to: null };
  expect(limitsText({ range, filter: [] }, sayIn({ 'last-7-days': 'Letzte 7 Tage' }), 'de')).toBe(
    'Letzte 7 Tage',
  );
});

it('says nothing where there are no limits', () => {
  expect(limitsText({ filter: [], range: null }, say, 'en')).toBe('');
});
