import { campaignOf } from '../domain/dimensions/campaign.ts';
import { normaliseReferrer } from '../domain/dimensions/referrer.ts';

// What other programs call places that many hosts belong to, in lower case, with one of those hosts.
const PLACES: ReadonlyMap<string, string> = new Map([
  ['baidu', 'baidu.com'],
  ['bing', 'bing.com'],
  ['bluesky', 'bsky.app'],
  ['brave', 'search.brave.com'],
  ['chatgpt', 'chatgpt.com'],
  ['discord', 'discord.com'],
  ['duckduckgo', 'duckduckgo.com'],
  ['ecosia', 'ecosia.org'],
  ['facebook', 'facebook.com'],
  ['github', 'github.com'],
  ['gmail', 'mail.google.com'],
  ['google', 'google.com'],
  ['hacker news', 'news.ycombinator.com'],
  ['instagram', 'instagram.com'],
  ['linkedin', 'linkedin.com'],
  ['lobsters', 'lobste.rs'],
  ['perplexity', 'perplexity.ai'],
  ['pinterest', 'pinterest.com'],
  ['qwant', 'qwant.com'],
  ['reddit', 'reddit.com'],
  ['slack', 'slack.com'],
  ['startpage', 'startpage.com'],
  ['telegram', 'telegram.org'],
  ['threads', 'threads.com'],
  ['tiktok', 'tiktok.com'],
  ['twitter', 'x.com'],
  ['vkontakte', 'vk.com'],
  ['whatsapp', 'whatsapp.com'],
  ['wikipedia', 'wikipedia.org'],
  ['yahoo', 'yahoo.com'],
  ['yahoo!', 'yahoo.com'],
  ['yandex', 'yandex.com'],
  ['youtube', 'youtube.com'],
]);

/**
 * The referrer, from what others keep of a link: a URL, one without its scheme (`news.example/a`), or the name of a
 * place (`Hacker News`). Null where it is none.
 * @param ownOrigins base URLs of the site
 */
export function referrerFrom(given: string, ownOrigins: readonly string[]): string | null {
  if (given.includes('://')) return normaliseReferrer(given, ownOrigins);
  const host = PLACES.get(given.trim().toLowerCase()) ?? given.replace(/^\/\//, '');
  return host === '' ? null : normaliseReferrer(`https://${host}`, ownOrigins);
}

/** The campaign of a link that had these parameters: `utm_source`, `utm_medium`, `utm_campaign` or `ref`. */
export function campaignFrom(parameters: Readonly<Record<string, string>>): string | null {
  return campaignOf(new URLSearchParams(parameters).toString());
}

/** What of a link within a site is its path, and what its query. The fragment is neither. */
export function partsOf(link: string): { readonly path: string; readonly query: string } {
  const [whole = ''] = link.split('#', 1);
  const at = whole.indexOf('?');
  return at === -1 ? { path: whole, query: '' } : { path: whole.slice(0, at), query: whole.slice(at + 1) };
}
