import { isIP } from 'node:net';
import { LRUCache } from 'lru-cache';
import { APPS } from './referrer-apps.ts';
import { COUNTRY_PLATFORMS, HOSTS, HOSTS_WITH_SUBDOMAINS, isShared } from './referrer-hosts.ts';
import { SPAM_HOSTS } from './referrer-spam.ts';

const MAX_LENGTH = 2048;
const MAX_HOST_LENGTH = 253;
/** Most readers come from few places. What is longer is one of its own, and not remembered. */
const REMEMBERED = 5_000;
const MAX_REMEMBERED_LENGTH = 200;
// At least two labels as DNS has them. URL parsers differ in what they let through: some make `xn--` of a lone soft hyphen.
const LABEL = '(?!-)[a-z0-9_-]{1,63}(?<!-)';
const DOTTED = new RegExp(`^${LABEL}(\\.${LABEL})+$`);
const MOBILE = /^(?:m|mobile|amp)\./;

/**
 * The host that a link came from: `https://www.news.example/a?b` is `news.example`. What are many hosts of one place
 * is one: a site's host for phones is the site's own, and search engines and networks are one each, in whatever
 * country, through whatever shortener of theirs and from whatever app of theirs (`www.google.co.uk` is `google.com`,
 * `t.co` is `x.com`).
 *
 * Null for whatever is not a link from another public site: other schemes, addresses, hosts without a dot, the site
 * itself, hosts that are known to send referrers and no readers, and anything that is not a URL. The rule began as
 * OxiTraffic's, which takes https only; links from http pages are real too. A referrer never makes a visit fail.
 *
 * @param given a URL or an origin
 * @param ownOrigins base URLs of the site
 */
export function normaliseReferrer(
  given: string | null | undefined,
  ownOrigins: readonly string[],
): string | null {
  if (!given || given.length > MAX_LENGTH) return null;
  const source = given.length > MAX_REMEMBERED_LENGTH ? sourceOf(given) : sources.memo(given);
  if (source === NO_SOURCE) return null;
  const own = ownHosts(ownOrigins);
  // Also what folds into the site is the site itself, such as its host for phones.
  return own.has(source.host) || own.has(source.folded) ? null : source.folded;
}

/** A host as a link has it, and what it is a host of. */
interface Source {
  readonly host: string;
  readonly folded: string;
}

const NO_SOURCE = { host: '', folded: '' };
// URLs are parsed in 6 us, and found here in a tenth of one.
const sources = new LRUCache<string, Source>({ max: REMEMBERED, memoMethod: sourceOf });
const hostsOfSites = new WeakMap<readonly string[], ReadonlySet<string>>();

function ownHosts(origins: readonly string[]): ReadonlySet<string> {
  let hosts = hostsOfSites.get(origins);
  if (!hosts) {
    hosts = new Set(
      origins.filter((origin) => URL.canParse(origin)).map((origin) => hostOf(new URL(origin))),
    );
    hostsOfSites.set(origins, hosts);
  }
  return hosts;
}

function sourceOf(given: string): Source {
  const host = URL.canParse(given) ? linkedHost(new URL(given)) : null;
  if (host === null || isSpam(host)) return NO_SOURCE;
  const folded = fold(host);
  return folded.length > MAX_HOST_LENGTH ? NO_SOURCE : { host, folded };
}

/** The host of a link that can be one from another site. */
function linkedHost(url: URL): string | null {
  // A package's name only looks like a host written backwards, so that of an unknown one is no guess worth keeping.
  if (url.protocol === 'android-app:') return APPS.get(url.hostname.toLowerCase()) ?? null;
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return null;
  const host = hostOf(url);
  return DOTTED.test(host) && isIP(host) === 0 && host.length <= MAX_HOST_LENGTH ? host : null;
}

function hostOf({ hostname }: URL): string {
  return hostname.replace(/\.$/, '').replace(/^www\./, '');
}

function isSpam(host: string): boolean {
  return namesAbove(host).some((name) => SPAM_HOSTS.has(name));
}

function fold(host: string): string {
  const plain = withoutMobile(host);
  return HOSTS.get(plain) ?? platformAbove(plain) ?? countryPlatform(plain) ?? plain;
}

/** Only where what remains is one site: `m.github.io` is somebody's own, and `m.co.uk` a domain of its own. */
function withoutMobile(host: string): string {
  const rest = host.replace(MOBILE, '');
  return rest.includes('.') && !isShared(rest) ? rest : host;
}

function platformAbove(host: string): string | undefined {
  return namesAbove(host)
    .map((name) => HOSTS_WITH_SUBDOMAINS.get(name))
    .find((platform) => platform !== undefined);
}

/** `google.com` for `google.co.uk`, but not for `google.com.evil.example`: all that follows the name is the country. */
function countryPlatform(host: string): string | undefined {
  const labels = host.split('.');
  for (const suffixLength of [1, 2]) {
    const at = labels.length - suffixLength - 1;
    const platform = COUNTRY_PLATFORMS.get(labels[at] ?? '');
    if (!platform?.suffixes.has(labels.slice(at + 1).join('.'))) continue;
    const service = labels.slice(0, at).join('.');
    const isPlatform = service === '' || platform.services === 'all' || platform.services.has(service);
    return isPlatform ? platform.host : `${service}.${platform.host}`;
  }
  return undefined;
}

/** The host and the domains that it is under: `a.b.example` gives itself, `b.example` and `example`. */
function namesAbove(host: string): string[] {
  const labels = host.split('.');
  return labels.map((_, index) => labels.slice(index).join('.'));
}
