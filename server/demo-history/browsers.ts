/** What a reader reads with, by the names that the domain shows. */
export interface Equipment {
  readonly system: string | null;
  readonly device: string | null;
}

/** Phones and tablets of Apple, with their shares. */
export const APPLE: readonly (readonly [Equipment, number])[] = [
  [{ system: 'iOS', device: 'mobile' }, 90],
  [{ system: 'iPadOS', device: 'tablet' }, 10],
];

/** Other phones and tablets. */
export const ANDROID: readonly (readonly [Equipment, number])[] = [
  [{ system: 'Android', device: 'mobile' }, 94],
  [{ system: 'Android', device: 'tablet' }, 6],
];

/** Computers that are no Macs, and what else shows pages. */
export const COMPUTERS: readonly (readonly [Equipment, number])[] = [
  [{ system: 'Windows', device: 'desktop' }, 81],
  [{ system: 'Linux', device: 'desktop' }, 14],
  [{ system: 'ChromeOS', device: 'desktop' }, 3],
  [{ system: 'webOS', device: 'tv' }, 0.3],
  [{ system: 'Tizen', device: 'tv' }, 0.3],
  [{ system: null, device: null }, 1],
];

/** Browsers by system, with their shares; null where the browser is none that has a name. */
export const BROWSERS: ReadonlyMap<string | null, readonly (readonly [string | null, number])[]> = new Map([
  [
    'iOS',
    [
      ['Safari', 86],
      ['Chrome', 8],
      ['Firefox', 2],
      ['DuckDuckGo', 1],
      ['Edge', 1],
      ['Google App', 2],
    ],
  ],
  [
    'iPadOS',
    [
      ['Safari', 92],
      ['Chrome', 6],
      ['Firefox', 2],
    ],
  ],
  [
    'Android',
    [
      ['Chrome', 72],
      ['Samsung Internet', 13],
      ['Firefox', 8],
      ['DuckDuckGo', 1],
      ['Brave', 1],
      ['Edge', 1],
      ['Opera', 2],
      ['Mi Browser', 1],
      ['Huawei Browser', 1],
    ],
  ],
  [
    'Windows',
    [
      ['Chrome', 56],
      ['Edge', 21],
      ['Firefox', 16],
      ['Opera', 3],
      ['Brave', 1.5],
      ['Vivaldi', 1],
      ['Internet Explorer', 0.1],
      [null, 0.4],
    ],
  ],
  [
    'macOS',
    [
      ['Safari', 48],
      ['Chrome', 36],
      ['Firefox', 12],
      ['Edge', 2],
      ['Brave', 1.5],
      ['Vivaldi', 0.5],
    ],
  ],
  [
    'Linux',
    [
      ['Firefox', 52],
      ['Chrome', 34],
      ['Chromium', 7],
      ['Brave', 3],
      ['Vivaldi', 1],
      ['GNOME Web', 1],
    ],
  ],
  ['ChromeOS', [['Chrome', 100]]],
  ['webOS', [['webOS Browser', 100]]],
  ['Tizen', [['Samsung Internet', 100]]],
  [
    null,
    [
      [null, 70],
      ['Firefox', 30],
    ],
  ],
]);

/** Of those who have it, how many send `Sec-GPC: 1`: some browsers do unless they are told not to. */
export const PRIVATE: ReadonlyMap<string | null, number> = new Map([
  ['Brave', 1],
  ['DuckDuckGo', 1],
  ['Firefox', 0.06],
]);
