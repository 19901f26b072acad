/** A country that readers come from. */
export interface Country {
  /** ISO 3166-1 alpha-2; null where it is not known. */
  readonly code: string | null;
  /** Readers of a thousand. */
  readonly weight: number;
  /** Preferred languages, with the readers of a hundred that have them. */
  readonly languages: Readonly<Record<string, number>>;
  /** The share of its readers who are on a phone or a tablet, and of these, of those of Apple. */
  readonly mobile: number;
  readonly ios: number;
  /** The share of Macs among its other computers. */
  readonly mac: number;
  /** A browser of its own, on Windows and Android. */
  readonly browser?: string;
}

/** The rest are too few to be more than noise. Shares are rough, for a site that is in German and English. */
export const COUNTRIES: readonly Country[] = [
  {
    code: 'DE',
    weight: 230,
    languages: { de: 86, en: 9, tr: 2, ru: 2, pl: 1 },
    mobile: 0.5,
    ios: 0.36,
    mac: 0.2,
  },
  { code: 'US', weight: 190, languages: { en: 90, es: 7, zh: 2, de: 1 }, mobile: 0.47, ios: 0.57, mac: 0.3 },
  { code: 'GB', weight: 70, languages: { en: 96, pl: 2, de: 1, fr: 1 }, mobile: 0.5, ios: 0.5, mac: 0.25 },
  { code: 'AT', weight: 45, languages: { de: 90, en: 8, tr: 1, hr: 1 }, mobile: 0.5, ios: 0.38, mac: 0.2 },
  {
    code: 'CH',
    weight: 45,
    languages: { de: 68, fr: 16, en: 11, it: 5 },
    mobile: 0.48,
    ios: 0.56,
    mac: 0.32,
  },
  { code: 'FR', weight: 44, languages: { fr: 90, en: 10 }, mobile: 0.48, ios: 0.36, mac: 0.22 },
  { code: 'IN', weight: 44, languages: { en: 90, hi: 8, ta: 2 }, mobile: 0.68, ios: 0.05, mac: 0.1 },
  { code: 'NL', weight: 36, languages: { nl: 72, en: 26, de: 2 }, mobile: 0.46, ios: 0.42, mac: 0.24 },
  { code: 'CA', weight: 30, languages: { en: 80, fr: 20 }, mobile: 0.45, ios: 0.58, mac: 0.28 },
  { code: 'PL', weight: 22, languages: { pl: 88, en: 12 }, mobile: 0.5, ios: 0.12, mac: 0.12 },
  { code: 'ES', weight: 20, languages: { es: 86, ca: 6, en: 8 }, mobile: 0.55, ios: 0.24, mac: 0.18 },
  { code: 'IT', weight: 20, languages: { it: 92, en: 7, de: 1 }, mobile: 0.55, ios: 0.3, mac: 0.16 },
  { code: 'SE', weight: 18, languages: { sv: 66, en: 34 }, mobile: 0.48, ios: 0.58, mac: 0.26 },
  { code: 'BR', weight: 18, languages: { pt: 94, en: 6 }, mobile: 0.56, ios: 0.18, mac: 0.1 },
  { code: 'AU', weight: 16, languages: { en: 98, zh: 2 }, mobile: 0.46, ios: 0.58, mac: 0.28 },
  { code: 'JP', weight: 16, languages: { ja: 93, en: 7 }, mobile: 0.42, ios: 0.62, mac: 0.22 },
  {
    code: 'BE',
    weight: 13,
    languages: { nl: 54, fr: 34, en: 11, de: 1 },
    mobile: 0.48,
    ios: 0.42,
    mac: 0.22,
  },
  { code: 'CZ', weight: 12, languages: { cs: 84, en: 15, sk: 1 }, mobile: 0.46, ios: 0.24, mac: 0.16 },
  { code: 'DK', weight: 11, languages: { da: 68, en: 32 }, mobile: 0.48, ios: 0.62, mac: 0.28 },
  { code: 'NO', weight: 9, languages: { nb: 64, en: 36 }, mobile: 0.48, ios: 0.6, mac: 0.28 },
  { code: 'FI', weight: 9, languages: { fi: 66, en: 31, sv: 3 }, mobile: 0.48, ios: 0.36, mac: 0.2 },
  { code: 'UA', weight: 9, languages: { uk: 58, en: 24, ru: 18 }, mobile: 0.5, ios: 0.24, mac: 0.2 },
  {
    code: 'RU',
    weight: 9,
    languages: { ru: 92, en: 8 },
    mobile: 0.44,
    ios: 0.26,
    mac: 0.12,
    browser: 'Yandex Browser',
  },
  {
    code: 'CN',
    weight: 9,
    languages: { zh: 94, en: 6 },
    mobile: 0.4,
    ios: 0.26,
    mac: 0.16,
    browser: 'QQ Browser',
  },
  { code: 'MX', weight: 7, languages: { es: 94, en: 6 }, mobile: 0.58, ios: 0.2, mac: 0.12 },
  { code: 'PT', weight: 7, languages: { pt: 84, en: 16 }, mobile: 0.48, ios: 0.3, mac: 0.18 },
  { code: 'IE', weight: 7, languages: { en: 98, pl: 2 }, mobile: 0.5, ios: 0.5, mac: 0.24 },
  {
    code: 'KR',
    weight: 7,
    languages: { ko: 94, en: 6 },
    mobile: 0.46,
    ios: 0.3,
    mac: 0.14,
    browser: 'Whale',
  },
  { code: 'TR', weight: 7, languages: { tr: 93, en: 7 }, mobile: 0.62, ios: 0.2, mac: 0.1 },
  { code: 'AR', weight: 6, languages: { es: 95, en: 5 }, mobile: 0.56, ios: 0.1, mac: 0.1 },
  { code: 'ID', weight: 6, languages: { id: 80, en: 20 }, mobile: 0.7, ios: 0.1, mac: 0.08 },
  { code: 'RO', weight: 6, languages: { ro: 76, en: 24 }, mobile: 0.5, ios: 0.24, mac: 0.12 },
  { code: 'HU', weight: 6, languages: { hu: 84, en: 15, de: 1 }, mobile: 0.5, ios: 0.26, mac: 0.12 },
  { code: 'SG', weight: 5, languages: { en: 88, zh: 12 }, mobile: 0.46, ios: 0.42, mac: 0.26 },
  { code: 'ZA', weight: 5, languages: { en: 96, af: 4 }, mobile: 0.6, ios: 0.18, mac: 0.12 },
  { code: 'IL', weight: 4, languages: { he: 70, en: 26, ru: 4 }, mobile: 0.5, ios: 0.32, mac: 0.22 },
  { code: 'GR', weight: 4, languages: { el: 76, en: 24 }, mobile: 0.54, ios: 0.24, mac: 0.14 },
  { code: 'NZ', weight: 4, languages: { en: 98, zh: 2 }, mobile: 0.46, ios: 0.52, mac: 0.28 },
  { code: 'LU', weight: 3, languages: { fr: 50, de: 26, en: 24 }, mobile: 0.46, ios: 0.5, mac: 0.26 },
  { code: 'LI', weight: 1, languages: { de: 94, en: 6 }, mobile: 0.48, ios: 0.56, mac: 0.3 },
  { code: null, weight: 14, languages: { en: 62, de: 30, fr: 8 }, mobile: 0.4, ios: 0.3, mac: 0.2 },
];
