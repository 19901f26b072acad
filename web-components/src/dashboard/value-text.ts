import { displayPath } from '../format/display-path.ts';

/** A value of a dimension as people read it: `DE` is Germany, `/caf%C3%A9` is /café. */
export function valueText(dimension: string, value: string, language: string | undefined): string {
  if (dimension === 'page' || dimension === 'entry-page') return displayPath(value);
  if (dimension !== 'country' && dimension !== 'language') return value;
  try {
    const names = new Intl.DisplayNames(language, { type: dimension === 'country' ? 'region' : 'language' });
    return names.of(value) ?? value;
  } catch {
    // An address can name what is no code.
    return value;
  }
}
