import { fill } from '../format/fill.ts';
import { formatCount } from '../format/format.ts';
import type { Words } from '../widget/panel-element.ts';

/** Where the words of a phrase come from. */
export interface Phrasing {
  readonly language: string | undefined;
  /** Words of the page. */
  readonly words: Words | undefined;
  /** Words of the element, in English. */
  readonly ownWords: Words;
}

/**
 * A phrase about a number, in the form that the language has for that number: of `here`, the words `here-one`,
 * `here-few` and so on, and `here-other` for what has no form of its own. `{count}` in it stays.
 */
export function pluralPhrase(name: string, count: number, { language, words, ownWords }: Phrasing): string {
  const form = `${name}-${new Intl.PluralRules(language).select(count)}`;
  const other = `${name}-other`;
  return words?.[form] ?? words?.[other] ?? ownWords[form] ?? ownWords[other] ?? name;
}

/** A phrase about a number, with the number in it. */
export function countPhrase(name: string, count: number, phrasing: Phrasing): string {
  return fill(pluralPhrase(name, count, phrasing), { count: formatCount(count, phrasing.language) });
}
