/** A name for user agents that match. */
export type NameByPattern = readonly (readonly [pattern: RegExp, name: string])[];

/** Browsers as they are shown, by their names in bowser. What is not here, such as its bots, has no name. */
export const BROWSERS: ReadonlyMap<string, string> = new Map([
  ['Amazon Silk', 'Silk'],
  ['Android Browser', 'Android Browser'],
  ['BlackBerry', 'BlackBerry'],
  ['Chrome', 'Chrome'],
  ['Chromium', 'Chromium'],
  ['DuckDuckGo', 'DuckDuckGo'],
  ['Electron', 'Electron'],
  ['Epiphany', 'GNOME Web'],
  ['Firefox', 'Firefox'],
  ['Focus', 'Firefox'],
  ['Google Search', 'Google App'],
  ['HeyTap Browser', 'HeyTap Browser'],
  ['Internet Explorer', 'Internet Explorer'],
  ['K-Meleon', 'K-Meleon'],
  ['Ladybird', 'Ladybird'],
  ['LibreWolf', 'LibreWolf'],
  ['Maxthon', 'Maxthon'],
  ['Microsoft Edge', 'Edge'],
  ['Miui', 'Mi Browser'],
  ['NAVER Whale Browser', 'Whale'],
  ['Opera', 'Opera'],
  ['Opera Touch', 'Opera'],
  ['Pale Moon', 'Pale Moon'],
  ['Puffin', 'Puffin'],
  ['QQ Browser', 'QQ Browser'],
  ['QQ Browser Lite', 'QQ Browser'],
  ['Safari', 'Safari'],
  ['Samsung Internet for Android', 'Samsung Internet'],
  ['SeaMonkey', 'SeaMonkey'],
  ['Sleipnir', 'Sleipnir'],
  ['Sogou Browser', 'Sogou Browser'],
  ['Tizen', 'Samsung Internet'],
  ['UC Browser', 'UC Browser'],
  ['Vivaldi', 'Vivaldi'],
  ['Vivo Browser', 'Vivo Browser'],
  ['WeChat', 'WeChat'],
  ['WebOS Browser', 'webOS Browser'],
  ['Yandex Browser', 'Yandex Browser'],
]);

/** Systems as they are shown, by their names in bowser. */
export const SYSTEMS: ReadonlyMap<string, string> = new Map([
  ['Android', 'Android'],
  ['BlackBerry', 'BlackBerry'],
  ['Chrome OS', 'ChromeOS'],
  ['HarmonyOS', 'HarmonyOS'],
  ['iOS', 'iOS'],
  ['Linux', 'Linux'],
  ['macOS', 'macOS'],
  ['Roku', 'Roku'],
  ['Tizen', 'Tizen'],
  ['WebOS', 'webOS'],
  ['Windows', 'Windows'],
  ['Windows Phone', 'Windows Phone'],
]);

/** Devices, by their names in bowser. */
export const DEVICES: ReadonlyMap<string, string> = new Map([
  ['desktop', 'desktop'],
  ['mobile', 'mobile'],
  ['tablet', 'tablet'],
  ['tv', 'tv'],
]);

/** Browsers that bowser takes for the one they are built on. The first that matches goes before bowser's answer. */
export const BROWSER_PATTERNS: NameByPattern = [
  [/\bPlayStation\b/, 'PlayStation'],
  [/\bNintendo(?:Browser)?\b/, 'Nintendo'],
  [/\bBrave\b/i, 'Brave'],
  [/\bDuckDuckGo\//, 'DuckDuckGo'],
  [/\bHuaweiBrowser\//, 'Huawei Browser'],
];

/** Systems that bowser does not know or takes for another. */
export const SYSTEM_PATTERNS: NameByPattern = [
  [/\bPlayStation\b/, 'PlayStation'],
  [/\bXbox/i, 'Xbox'],
  [/\bNintendo\b/, 'Nintendo'],
  // An iPad that asks for the desktop's pages says that it is a Macintosh, as it does unless told otherwise.
  [/\biPad\b/, 'iPadOS'],
  [/\bApple ?TV\b/, 'tvOS'],
  [/\bKAIOS\//, 'KaiOS'],
  [/\bHarmonyOS\b/, 'HarmonyOS'],
  [/\b(?:Free|Net|Open)BSD\b/, 'BSD'],
];

/** Devices that bowser does not know or takes for tablets and desktops. */
export const DEVICE_PATTERNS: NameByPattern = [
  [/\b(?:PlayStation|Nintendo)\b|\bXbox/i, 'console'],
  // AFT begins the models of Amazon's Fire TV, CrKey is Chromecast, Web0S is LG's.
  [/\bTV\b|\b(?:Smart|Google|Apple|Hbb)-?TV\b|\bAFT[A-Z]+\b|\bBRAVIA\b|\bCrKey\b|\bWeb0S\b|\bRoku\//i, 'tv'],
  [/\bCrOS\b|BSD\b/, 'desktop'],
];
