const WINDOWS = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64)';
const MAC = 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)';
const LINUX = 'Mozilla/5.0 (X11; Linux x86_64)';
const ANDROID = 'Mozilla/5.0 (Linux; Android 10; K)';
const IPHONE = 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X)';
const IPAD = 'Mozilla/5.0 (iPad; CPU OS 17_6 like Mac OS X)';
const BLINK = 'AppleWebKit/537.36 (KHTML, like Gecko)';
const WEBKIT = 'AppleWebKit/605.1.15 (KHTML, like Gecko)';

/** User agents as browsers send them, with what they are. */
export const READERS: readonly {
  readonly browser: string;
  readonly system: string;
  readonly device: string;
  readonly userAgent: string;
}[] = [
  ['Chrome', 'Windows', 'desktop', `${WINDOWS} ${BLINK} Chrome/131.0.0.0 Safari/537.36`],
  ['Chrome', 'macOS', 'desktop', `${MAC} ${BLINK} Chrome/131.0.0.0 Safari/537.36`],
  ['Chrome', 'Linux', 'desktop', `${LINUX} ${BLINK} Chrome/131.0.0.0 Safari/537.36`],
  [
    'Chrome',
    'ChromeOS',
    'desktop',
    `Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) ${BLINK} Chrome/131.0.0.0 Safari/537.36`,
  ],
  ['Chrome', 'Android', 'mobile', `${ANDROID} ${BLINK} Chrome/131.0.0.0 Mobile Safari/537.36`],
  ['Chrome', 'Android', 'tablet', `${ANDROID} ${BLINK} Chrome/131.0.0.0 Safari/537.36`],
  ['Chrome', 'iOS', 'mobile', `${IPHONE} ${WEBKIT} CriOS/131.0.6778.73 Mobile/15E148 Safari/604.1`],
  ['Edge', 'Windows', 'desktop', `${WINDOWS} ${BLINK} Chrome/131.0.0.0 Safari/537.36 Edg/131.0.0.0`],
  ['Edge', 'Android', 'mobile', `${ANDROID} ${BLINK} Chrome/131.0.0.0 Mobile Safari/537.36 EdgA/131.0.0.0`],
  [
    'Edge',
    'iOS',
    'mobile',
    `${IPHONE} ${WEBKIT} Version/18.0 EdgiOS/131.0.2903.48 Mobile/15E148 Safari/604.1`,
  ],
  [
    'Edge',
    'Xbox',
    'console',
    `Mozilla/5.0 (Windows NT 10.0; Win64; x64; Xbox; Xbox One) ${BLINK} Chrome/131.0.0.0 Safari/537.36 Edge/44.18363.8131`,
  ],
  ['Opera', 'Windows', 'desktop', `${WINDOWS} ${BLINK} Chrome/130.0.0.0 Safari/537.36 OPR/115.0.0.0`],
  ['Vivaldi', 'Windows', 'desktop', `${WINDOWS} ${BLINK} Chrome/131.0.0.0 Safari/537.36 Vivaldi/7.0.3495.15`],
  [
    'Yandex Browser',
    'Windows',
    'desktop',
    `${WINDOWS} ${BLINK} Chrome/128.0.0.0 YaBrowser/24.10.0.0 Safari/537.36`,
  ],
  [
    'Samsung Internet',
    'Android',
    'mobile',
    `${ANDROID} ${BLINK} SamsungBrowser/27.0 Chrome/125.0.0.0 Mobile Safari/537.36`,
  ],
  [
    'Huawei Browser',
    'HarmonyOS',
    'mobile',
    `Mozilla/5.0 (Linux; Android 12; HarmonyOS; TET-AN00; HMSCore 6.12.4.312) ${BLINK} Chrome/99.0.4844.88 HuaweiBrowser/14.0.5.301 Mobile Safari/537.36`,
  ],
  ['Brave', 'iPadOS', 'tablet', `${IPAD} ${WEBKIT} Version/17.6 Mobile/15E148 Safari/604.1 Brave`],
  ['DuckDuckGo', 'macOS', 'desktop', `${MAC} ${WEBKIT} Version/18.1 Safari/605.1.15 Ddg/18.1`],
  [
    'DuckDuckGo',
    'Android',
    'mobile',
    `Mozilla/5.0 (Linux; Android 10) ${BLINK} Version/4.0 Chrome/84.0.4147.111 Mobile DuckDuckGo/5 Safari/537.36`,
  ],
  [
    'Firefox',
    'Windows',
    'desktop',
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:133.0) Gecko/20100101 Firefox/133.0',
  ],
  [
    'Firefox',
    'Linux',
    'desktop',
    'Mozilla/5.0 (X11; Ubuntu; Linux x86_64; rv:133.0) Gecko/20100101 Firefox/133.0',
  ],
  ['Firefox', 'BSD', 'desktop', 'Mozilla/5.0 (X11; FreeBSD amd64; rv:132.0) Gecko/20100101 Firefox/132.0'],
  ['Firefox', 'Android', 'mobile', 'Mozilla/5.0 (Android 14; Mobile; rv:133.0) Gecko/133.0 Firefox/133.0'],
  ['Firefox', 'iOS', 'mobile', `${IPHONE} ${WEBKIT} FxiOS/133.0 Mobile/15E148 Safari/605.1.15`],
  ['Safari', 'macOS', 'desktop', `${MAC} ${WEBKIT} Version/18.1 Safari/605.1.15`],
  ['Safari', 'iOS', 'mobile', `${IPHONE} ${WEBKIT} Version/18.1 Mobile/15E148 Safari/604.1`],
  ['Safari', 'iPadOS', 'tablet', `${IPAD} ${WEBKIT} Version/17.6 Mobile/15E148 Safari/604.1`],
  ['Google App', 'iOS', 'mobile', `${IPHONE} ${WEBKIT} GSA/344.0.697951463 Mobile/15E148 Safari/604.1`],
  [
    'Internet Explorer',
    'Windows',
    'desktop',
    'Mozilla/5.0 (Windows NT 10.0; WOW64; Trident/7.0; rv:11.0) like Gecko',
  ],
  [
    'Samsung Internet',
    'Tizen',
    'tv',
    'Mozilla/5.0 (SMART-TV; LINUX; Tizen 6.0) AppleWebKit/537.36 (KHTML, like Gecko) Version/6.0 TV Safari/537.36',
  ],
  [
    'webOS Browser',
    'webOS',
    'tv',
    `Mozilla/5.0 (Web0S; Linux/SmartTV) ${BLINK} Chrome/94.0.4606.128 Safari/537.36 WebAppManager`,
  ],
  [
    'Chrome',
    'Android',
    'tv',
    `Mozilla/5.0 (Linux; Android 9; BRAVIA 4K UR2 Build/PTT1.190515.001) ${BLINK} Chrome/109.0.0.0 Safari/537.36`,
  ],
  [
    'PlayStation',
    'PlayStation',
    'console',
    `Mozilla/5.0 (PlayStation; PlayStation 5/9.00) ${WEBKIT} Version/13.0 Safari/605.1.15`,
  ],
  [
    'Electron',
    'Windows',
    'desktop',
    `${WINDOWS} ${BLINK} reader/1.4.0 Chrome/130.0.6723.91 Electron/33.2.0 Safari/537.36`,
  ],
  // Windows of apps
  [
    'Chrome',
    'Android',
    'mobile',
    `Mozilla/5.0 (Linux; Android 14; SM-S921B Build/UP1A; wv) ${BLINK} Version/4.0 Chrome/131.0.6778.39 Mobile Safari/537.36 [FB_IAB/FB4A;FBAV/490.0.0.51.108;]`,
  ],
  [
    'Safari',
    'iOS',
    'mobile',
    `${IPHONE} ${WEBKIT} Mobile/15E148 Instagram 357.1.0.30.101 (iPhone14,5; iOS 18_1; en_US; en; scale=3.00; 1170x2532; 668534311)`,
  ],
  ['Safari', 'iOS', 'mobile', `${IPHONE} ${WEBKIT} Mobile/15E148 LinkedInApp/9.30.1234`],
].map(([browser = '', system = '', device = '', userAgent = '']) => ({ browser, system, device, userAgent }));
