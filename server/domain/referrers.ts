import { isIP } from 'node:net';

const MAX_LENGTH = 2048;
// At least two labels as DNS has them. URL parsers differ in what they let through: some make `xn--` of a lone soft hyphen.
const LABEL = '(?!-)[a-z0-9_-]{1,63}(?<!-)';
const DOTTED = new RegExp(`^${LABEL}(\\.${LABEL})+$`);

/**
 * The host that a link came from, without `www.`: `https://www.news.example/a?b` is `news.example`.
 *
 * Null for whatever is not a link from another public site: other schemes, addresses, hosts without a dot, the site
 * itself, and anything that is not a URL. The rule is OxiTraffic's, which takes https only; links from http pages are
 * real too. A referrer never makes a visit fail.
 *
 * @param given a URL or an origin
 * @param ownOrigins base URLs of the site
 */
export function normaliseReferrer(
  given: string | null | undefined,
  ownOrigins: readonly string[],
): string | null {
  if (!given || given.length > MAX_LENGTH || !URL.canParse(given)) return null;
  const url = new URL(given);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return null;
  const host = hostOf(url);
  if (ownOrigins.some((origin) => hostOf(new URL(origin)) === host)) return null;
  if (!DOTTED.test(host) || isIP(host) !== 0 || host.length > 253) return null;
  return host;
}

function hostOf({ hostname }: URL): string {
  return hostname.replace(/\.$/, '').replace(/^www\./, '');
}
