import {
  BROWSER_PATTERNS,
  BROWSERS,
  DEVICES,
  SYSTEM_PATTERNS,
  SYSTEMS,
} from '../domain/dimensions/user-agent-names.ts';

type Names = ReadonlyMap<string, string>;

// What others call them, in lower case. Umami has the names of detect-browser, Plausible those of Matomo's list,
// GoatCounter its own.
const BROWSER_NAMES = known(BROWSERS, BROWSER_PATTERNS, {
  Chrome: ['chrome mobile', 'chrome mobile ios', 'chrome webview', 'chromium-webview', 'crios'],
  DuckDuckGo: ['duckduckgo privacy browser'],
  Edge: ['edge-chromium', 'edge-ios', 'edgeos'],
  Firefox: ['firefox mobile', 'firefox mobile ios', 'firefox focus', 'fxios'],
  'Internet Explorer': ['ie', 'ie mobile'],
  'Mi Browser': ['miui browser'],
  Opera: ['opera gx', 'opera mini', 'opera-mini', 'opera mobile'],
  Safari: ['ios', 'ios-webview', 'mobile safari'],
  'Samsung Internet': ['samsung', 'samsung browser', 'samsung internet for android'],
  Silk: ['mobile silk'],
  'UC Browser': ['ucbrowser'],
  Whale: ['whale browser'],
  'Yandex Browser': ['yandexbrowser', 'yandex'],
  'Android Browser': ['android', 'android webview', 'android-webview'],
});

const SYSTEM_NAMES = known(SYSTEMS, SYSTEM_PATTERNS, {
  Android: ['android os', 'fire os', 'amazon os'],
  BlackBerry: ['blackberry os'],
  BSD: ['freebsd', 'netbsd', 'openbsd', 'open bsd'],
  ChromeOS: ['chromium os'],
  HarmonyOS: ['harmony os'],
  Linux: ['gnu/linux', 'ubuntu', 'debian', 'fedora'],
  macOS: ['mac', 'mac os', 'mac os x', 'os x'],
  'Windows Phone': ['windows mobile'],
});

const DEVICE_NAMES = known(DEVICES, [], { desktop: ['laptop', 'ultrawide'], tv: ['smarttv', 'smart tv'] });

/** The browser that another program calls so, `Firefox 123` or `edge-chromium`; null where it is none of ours. */
export const browserNamed = (name: string) => find(BROWSER_NAMES, name);
/** The system, `Windows 10` or `GNU/Linux`. */
export const systemNamed = (name: string) => find(SYSTEM_NAMES, name);
/** The kind of device, `Laptop`. */
export const deviceNamed = (name: string) => find(DEVICE_NAMES, name);

/** Ours, those of the library that names them, and what others say. */
function known(
  names: Names,
  patterns: readonly (readonly [pattern: RegExp, name: string])[],
  others: Readonly<Record<string, readonly string[]>>,
): Names {
  const pairs = [
    ...patterns.map(([, name]) => [name, name] as const),
    ...Array.from(names.values(), (name) => [name, name] as const),
    ...names,
    ...Object.entries(others).flatMap(([name, given]) => given.map((one) => [one, name] as const)),
  ];
  return new Map(pairs.map(([given, name]) => [given.toLowerCase(), name]));
}

/** Versions follow the name, and so do the names of distributions: the longest beginning that is known counts. */
function find(names: Names, given: string): string | null {
  const words = given.trim().toLowerCase().split(/\s+/, 6);
  for (let length = words.length; length > 0; length -= 1) {
    const name = names.get(words.slice(0, length).join(' '));
    if (name !== undefined) return name;
  }
  return null;
}
