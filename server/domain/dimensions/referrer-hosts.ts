/**
 * Places with many hosts: the host that they are shown as, and those that are the same place. A dot in front means
 * that all subdomains are, too. Shorteners are here where only links of their platform, or of people on it, come
 * through them; of the others (`bit.ly`) nobody knows what is behind, so that they stay what they are.
 */
const PLATFORMS: Readonly<Record<string, string>> = {
  // Search engines, and what answers in their stead. Services of theirs that are no search keep their hosts.
  'aol.com': 'search.aol.com search.aol.co.uk',
  'baidu.com': 'image.baidu.com wap.baidu.com www1.baidu.com',
  'bing.com': '.bing.com',
  'chatgpt.com': '.chatgpt.com chat.openai.com',
  'claude.ai': '.claude.ai',
  'copilot.microsoft.com': 'copilot.cloud.microsoft m365.cloud.microsoft',
  'daum.net': 'search.daum.net',
  'duckduckgo.com': '.duckduckgo.com duck.com ddg.gg',
  'ecosia.org': '.ecosia.org',
  'gemini.google.com': 'bard.google.com',
  'google.com': 'search.app',
  'kagi.com': '.kagi.com',
  'naver.com': 'search.naver.com',
  'perplexity.ai': '.perplexity.ai',
  'qwant.com': '.qwant.com',
  'seznam.cz': 'search.seznam.cz',
  'startpage.com': '.startpage.com',
  'yahoo.co.jp': 'search.yahoo.co.jp',
  'yahoo.com':
    '.search.yahoo.com au.yahoo.com br.yahoo.com ca.yahoo.com de.yahoo.com es.yahoo.com fr.yahoo.com in.yahoo.com it.yahoo.com mx.yahoo.com sg.yahoo.com uk.yahoo.com us.yahoo.com',
  'yandex.com': 'ya.ru',

  // Networks and messengers.
  'bilibili.com': 'b23.tv',
  'bsky.app': '.bsky.app',
  'discord.com': '.discord.com .discordapp.com discord.gg',
  'facebook.com': '.facebook.com fb.com fb.me fb.watch',
  'flipboard.com': '.flipboard.com flip.it',
  'instagram.com': '.instagram.com ig.me instagr.am',
  'linkedin.com': '.linkedin.com lnkd.in',
  'messenger.com': '.messenger.com m.me',
  'ok.ru': 'odnoklassniki.ru',
  'outlook.com':
    '.safelinks.protection.outlook.com outlook.live.com outlook.office.com outlook.office365.com',
  'pinterest.com': 'pin.it',
  'quora.com': '.quora.com',
  'reddit.com': '.reddit.com .redd.it',
  'slack.com': '.slack.com slack-redir.net',
  'snapchat.com': '.snapchat.com',
  'teams.microsoft.com': 'teams.cdn.office.net statics.teams.cdn.office.net teams.live.com',
  'telegram.org': 't.me telegram.me web.telegram.org',
  'threads.com': '.threads.com .threads.net',
  'tiktok.com': '.tiktok.com',
  'tumblr.com': 't.umblr.com tmblr.co',
  'vk.com': '.vk.com vk.ru vkontakte.ru',
  'weibo.com': '.weibo.com .weibo.cn t.cn',
  'whatsapp.com': '.whatsapp.com l.wl.co wa.me',
  'x.com': '.x.com .twitter.com t.co',
  'youtube.com': '.youtube.com .youtube-nocookie.com youtu.be',
  'zhihu.com': 'link.zhihu.com',

  // Encyclopaedias: their subdomains are languages.
  'wikibooks.org': '.wikibooks.org',
  'wikinews.org': '.wikinews.org',
  'wikipedia.org': '.wikipedia.org',
  'wikiquote.org': '.wikiquote.org',
  'wikisource.org': '.wikisource.org',
  'wikiversity.org': '.wikiversity.org',
  'wikivoyage.org': '.wikivoyage.org',
  'wiktionary.org': '.wiktionary.org',

  // Shorteners, of one place and of anybody.
  'amazon.com': 'a.co amzn.to',
  'apple.com': 'apple.co',
  'bit.ly': 'bitly.com j.mp',
  'nytimes.com': 'nyti.ms',
  'ow.ly': 'ht.ly owl.li',
  'spotify.com': 'spoti.fi',
  'tinyurl.com': 'preview.tinyurl.com',
};

const entries = Object.entries(PLATFORMS).flatMap(([platform, hosts]) =>
  hosts.split(' ').map((host) => [host, platform] as const),
);

/** Hosts that are shown as another, by host. */
export const HOSTS: ReadonlyMap<string, string> = new Map(entries.filter(([host]) => !host.startsWith('.')));

/** Domains that are shown as one host with all of their subdomains. */
export const HOSTS_WITH_SUBDOMAINS: ReadonlyMap<string, string> = new Map(
  entries.filter(([host]) => host.startsWith('.')).map(([host, platform]) => [host.slice(1), platform]),
);

/** A platform that has a domain in each country. */
export interface CountryPlatform {
  /** What it is shown as. */
  readonly host: string;
  /** What follows its name, such as `co.uk`. Somebody else can own the name under any other. */
  readonly suffixes: ReadonlySet<string>;
  /** What is in front of its name and is still the same place; other services keep theirs, whatever the country. */
  readonly services: ReadonlySet<string> | 'all';
}

/** By the name that is the same in all countries. */
export const COUNTRY_PLATFORMS: ReadonlyMap<string, CountryPlatform> = new Map<string, CountryPlatform>([
  [
    'google',
    {
      host: 'google.com',
      // https://www.google.com/supported_domains
      suffixes:
        words(`com ad ae com.af com.ag al am co.ao com.ar as at com.au az ba com.bd be bf bg com.bh bi bj
        com.bn com.bo com.br bs bt co.bw by com.bz ca cd cf cg ch ci co.ck cl cm cn com.co co.cr com.cu cv com.cy cz
        de dj dk dm com.do dz com.ec ee com.eg es com.et fi com.fj fm fr ga ge gg com.gh com.gi gl gm gr com.gt gy
        com.hk hn hr ht hu co.id ie co.il im co.in iq is it je com.jm jo co.jp co.ke com.kh ki kg co.kr com.kw kz la
        com.lb li lk co.ls lt lu lv com.ly co.ma md me mg mk ml com.mm mn com.mt mu mv mw com.mx com.my co.mz com.na
        com.ng com.ni ne nl no com.np nr nu co.nz com.om com.pa com.pe com.pg com.ph com.pk pl pn com.pr ps pt com.py
        com.qa ro ru rw com.sa com.sb sc se com.sg sh si sk com.sl sn so sm sr st com.sv td tg co.th com.tj tl tm tn
        to com.tr tt com.tw co.tz com.ua co.ug co.uk com.uy co.uz com.vc co.ve co.vi com.vn vu ws rs co.za co.zm
        co.zw cat`),
      services: words('cse encrypted images ipv4 ipv6 news search shopping url video'),
    },
  ],
  [
    'yandex',
    {
      host: 'yandex.com',
      suffixes: words(
        'com ru by kz ua uz az ee eu fr kg lt lv md pl tj tm com.am com.ge com.ru com.tr com.ua co.il',
      ),
      services: words('images search video'),
    },
  ],
  [
    'pinterest',
    {
      host: 'pinterest.com',
      suffixes: words(
        'com at be ca ch cl co co.kr co.nz co.uk com.au com.mx com.uy de dk es fr ie info it jp nz ph pt ru se',
      ),
      services: 'all',
    },
  ],
]);

// Under these, each name is somebody else's.
const SHARED_HOSTS = words(`bandcamp.com bearblog.dev beehiiv.com blogspot.com carrd.co codeberg.page de.com
  dreamwidth.org eu.com eu.org firebaseapp.com fly.dev ghost.io github.io gitlab.io hashnode.dev hatenablog.com
  herokuapp.com itch.io jpn.com livejournal.com medium.com micro.blog myshopify.com neocities.org netlify.app
  notion.site onrender.com pages.dev substack.com surge.sh tistory.com tumblr.com typepad.com uk.com us.com vercel.app
  web.app webflow.io weebly.com wixsite.com wordpress.com workers.dev write.as`);
// What most countries with domains of three levels have in the middle.
const COUNTRY_SUFFIX =
  /^(?:ac|asn|co|com|edu|go|gob|gouv|gov|gv|id|in|info|ltd|me|mil|ne|net|nom|or|org|plc|sch)\.[a-z]{2}$/;
const BLOGSPOT = /^blogspot\.[a-z.]+$/;

/** Whether the domains under this one belong to different people, so that a name under it is not a part of it. */
export function isShared(host: string): boolean {
  return SHARED_HOSTS.has(host) || COUNTRY_SUFFIX.test(host) || BLOGSPOT.test(host);
}

function words(text: string): ReadonlySet<string> {
  return new Set(text.split(/\s+/));
}
