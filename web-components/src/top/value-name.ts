import { displayPath } from '../format/display-path.ts';
import { formatReferrer } from '../format/format.ts';

/** What is needed to name a value. */
export interface Naming {
  readonly language: string | undefined;
  /** A word of the element. */
  readonly word: (name: string) => string;
}

type Name = (value: string, naming: Naming) => string;

/** Devices, in English. */
export const DEVICES: Readonly<Record<string, string>> = {
  desktop: 'Desktop',
  mobile: 'Mobile',
  tablet: 'Tablet',
  tv: 'TV',
  console: 'Console',
};

const NAMES: Readonly<Record<string, Name>> = {
  page: displayPath,
  'entry-page': displayPath,
  referrer: formatReferrer,
  country: (code, { language }) => displayName(code, language, 'region'),
  language: (code, { language }) => displayName(code, language, 'language'),
  device: (device, { word }) => (Object.hasOwn(DEVICES, device) ? word(device) : device),
};

/** A value of a dimension as people read it: `/café`, `Germany`, `Tablet`. What has no such name is shown as it is. */
export function valueName(dimension: string, value: string, naming: Naming): string {
  return NAMES[dimension]?.(value, naming) ?? value;
}

/** Countries have no flags: where fonts lack these, as on Windows, two letters would stand there. */
function displayName(code: string, language: string | undefined, type: 'region' | 'language'): string {
  try {
    return new Intl.DisplayNames(language, { type }).of(code) ?? code;
  } catch {
    return code;
  }
}
