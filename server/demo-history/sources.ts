import { createTablePicker, type Picker } from './picker.ts';
import type { Random } from './random.ts';
import { slug } from './words.ts';

/** Hosts that links come from, as the domain folds them, with the readers that they send of a hundred. */
const HOSTS: Readonly<Record<string, number>> = {
  'google.com': 22,
  'bing.com': 2.4,
  'duckduckgo.com': 2.2,
  'ecosia.org': 0.4,
  'yahoo.com': 0.4,
  'startpage.com': 0.2,
  'qwant.com': 0.1,
  'chatgpt.com': 1.4,
  'perplexity.ai': 0.4,
  'reddit.com': 2.4,
  'news.ycombinator.com': 1.8,
  'x.com': 1.4,
  'linkedin.com': 1.2,
  'facebook.com': 1.2,
  'mastodon.social': 0.9,
  'bsky.app': 0.8,
  'youtube.com': 0.8,
  'lobste.rs': 0.5,
  'github.com': 2.2,
  'stackoverflow.com': 0.7,
  'wikipedia.org': 0.5,
  'feedly.com': 0.6,
  'mail.google.com': 0.4,
};

/** Search engines of their own that countries use in the place of others. */
const SEARCH_ENGINES: ReadonlyMap<string | null, string> = new Map([
  ['CN', 'baidu.com'],
  ['CZ', 'seznam.cz'],
  ['JP', 'yahoo.co.jp'],
  ['KR', 'naver.com'],
  ['RU', 'yandex.com'],
]);
const OWN_SEARCH = 0.5;

/** Readers of a hundred that come by no link, or by one that does not say from where. */
const NO_SOURCE = 50;
/** Small sites that link here, and the readers that they send together. */
const SMALL_SITES = 200;
const BY_SMALL_SITES = 5;

/** Draws the host of the link that somebody of a country comes by; null for none. */
export type Source = (random: Random, country: string | null) => string | null;

/** Where people come from when nothing is going on. */
export function createSources(): Source {
  const source: Picker<string | null> = createTablePicker([
    [null, NO_SOURCE],
    ...Object.entries(HOSTS),
    ...smallSites(),
  ]);
  return (random, country) => {
    const host = source(random);
    const own = host === 'google.com' ? SEARCH_ENGINES.get(country) : undefined;
    return own !== undefined && random.chance(OWN_SEARCH) ? own : host;
  };
}

function smallSites(): [string, number][] {
  const sizes = Array.from({ length: SMALL_SITES }, (_, index) => 1 / (index + 1));
  const sum = sizes.reduce((total, size) => total + size, 0);
  return sizes.map((size, index) => [`${slug(index)}.example`, (BY_SMALL_SITES * size) / sum]);
}
