import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { campaignOf } from './campaign.ts';

describe('a link that names its campaign is of that campaign', () => {
  test.each([
    ['?utm_source=newsletter&utm_medium=email&utm_campaign=spring', 'newsletter / email / spring'],
    ['utm_source=newsletter&utm_medium=email&utm_campaign=spring', 'newsletter / email / spring'],
    ['?utm_campaign=spring&utm_medium=email&utm_source=newsletter', 'newsletter / email / spring'],
    ['?utm_source=newsletter', 'newsletter'],
    ['?utm_source=newsletter&utm_campaign=spring', 'newsletter / spring'],
    ['?utm_campaign=spring', 'spring'],
    ['?utm_source=&utm_medium=+&utm_campaign=spring', 'spring'],
    ['?utm_source=News&utm_medium=E-Mail&utm_campaign=SPRING', 'news / e-mail / spring'],
    ['?utm_source=my+%20news&utm_medium=%20email+', 'my news / email'],
    ['?utm_source=%E3%81%BB%E3%82%93&utm_medium=caf%C3%A9', 'ほん / café'],
    ['?utm_source=cafe%CC%81', 'café'],
    ['?utm_source=a&utm_term=shoes&utm_content=button', 'a'],
    ['?utm_source=first&utm_source=second', 'first'],
    ['?ref=producthunt', 'producthunt'],
    ['?page=2&ref=ProductHunt#top', 'producthunt#top'],
    ['?ref=producthunt&utm_source=newsletter', 'newsletter'],
    ["?ref='; DROP TABLE oxi_visits; --", "'; drop table oxi_visits; --"],
    ['?ref=100%', '100%'],
    [`?ref=${'a'.repeat(150)}`, 'a'.repeat(150)],
    [`?ref=a&x=${'b'.repeat(8192)}`, 'a'],
  ])('%s is %s', (query, expected) => {
    expect(campaignOf(query)).toBe(expected);
  });
});

describe('a link that names none is of none', () => {
  test.each([
    ['nothing', null],
    ['nothing given', undefined],
    ['an empty query', ''],
    ['a lone question mark', '?'],
    ['other parameters', '?page=2&q=utm_source'],
    ['empty names', '?utm_source=&utm_medium=&ref='],
    ['spaces', '?utm_source=%20%C2%A0%E3%80%80'],
    ['source, which means other things on many sites', '?source=menu'],
    ['utm_term alone', '?utm_term=shoes'],
    ['a control character', '?utm_source=news%00letter'],
    ['a control character in one of the parts', '?utm_source=newsletter&utm_campaign=%1b[31m'],
    ['a line break', '?ref=news%0D%0Aletter'],
    ['a tab', '?ref=news%09letter'],
    ["another alphabet's line break", '?ref=news%E2%80%A8letter'],
    ['a character that turns what follows', '?ref=news%E2%80%AEletter'],
    ['bytes that are no UTF-8', '?ref=caf%E9'],
    ['half a surrogate pair', '?ref=\ud800'],
    ['a name that is too long', `?ref=${'a'.repeat(151)}`],
    ['parts that are too long together', `?utm_source=${'a'.repeat(75)}&utm_medium=${'b'.repeat(75)}`],
    ['a name that begins where nobody looks any more', `?x=${'b'.repeat(2048)}&ref=a`],
    ['a name that goes on where nobody looks any more', `?x=${'b'.repeat(2000)}&ref=${'a'.repeat(100)}`],
    ['one parameter of 8 KB', `?ref=${'a'.repeat(8192)}`],
  ])('%s', (_, query) => {
    expect(campaignOf(query)).toBeNull();
  });
});

test('whatever is given, what is kept can be shown in one line', () => {
  const text = fc.string({ unit: fc.nat(0xffff).map((code) => String.fromCharCode(code)) });
  const encoded = text.map((given) => encodeURIComponent(given.toWellFormed()));
  const query = fc
    .tuple(fc.oneof(text, encoded), fc.oneof(text, encoded))
    .map(([a, b]) => `utm_source=${a}&ref=${b}`);
  fc.assert(
    fc.property(query, (given) => {
      const kept = campaignOf(given);
      if (kept === null) return;
      expect(kept).toMatch(/^[^\p{Cc}\u2028\u2029]{1,150}$/u);
      expect(kept).toBe(kept.trim());
    }),
  );
});
