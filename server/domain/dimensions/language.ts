import { LRUCache } from 'lru-cache';
import { MAX_HEADER_LENGTH, REMEMBERED_HEADERS } from './header.ts';

// `de-CH;q=0.8` as RFC 9110 (12.4.2 and 12.5.4) has it; a weight has three decimals at most.
const RANGE = /^([a-z]{2,3})(?:-[a-z0-9]{1,8})*(?:\s*;\s*q=(0(?:\.\d{0,3})?|1(?:\.0{0,3})?))?$/i;
// More than any reader lists; asking Intl is what costs time.
const MAX_RANGES = 20;
// Codes that Intl has a name for, and that name no language.
const NO_LANGUAGES = new Set(['mul', 'zxx']);

const names = new Intl.DisplayNames(['en'], { type: 'language', fallback: 'none' });
const remembered = new LRUCache<string, { readonly language: string | null }>({
  max: REMEMBERED_HEADERS,
  memoMethod: (header) => ({ language: preferred(header) }),
});

/**
 * The language that a reader prefers, of those that `Accept-Language` lists: its primary subtag in lower case, so
 * that `de-CH` is `de`. The one with the highest weight, and the first of those that have the same. Old codes are
 * given as today's (`iw` is `he`). What is no language is passed over; null where nothing is left. The first 20 of a
 * header of at most 1,024 characters are looked at.
 */
export function languageOf(acceptLanguage: string | null): string | null {
  if (!acceptLanguage || acceptLanguage.length > MAX_HEADER_LENGTH) return null;
  return remembered.memo(acceptLanguage).language;
}

function preferred(header: string): string | null {
  let best: { language: string; weight: number } | null = null;
  for (const range of header.split(',', MAX_RANGES)) {
    const [, tag, weight = '1'] = RANGE.exec(range.trim()) ?? [];
    const language = tag === undefined ? null : knownLanguage(tag);
    if (language !== null && Number(weight) > (best?.weight ?? 0))
      best = { language, weight: Number(weight) };
  }
  return best?.language ?? null;
}

function knownLanguage(tag: string): string | null {
  // Not Intl.Locale, whose language is undefined for `und`, whatever its types say.
  const [locale = ''] = Intl.getCanonicalLocales(tag);
  const [language = ''] = locale.split('-');
  return NO_LANGUAGES.has(language) || names.of(language) === undefined ? null : language;
}
