import { judgeCertificate } from './certificate.ts';
import { explain } from './explain.ts';
import { broken, type Check, type Finding, fine, unknown, warning } from './finding.ts';
import type { KnownSite } from './known-sites.ts';
import { judgePolicy, policiesOf } from './policy.ts';
import { judgeSnippet, snippetOf } from './snippet.ts';
import type { Web, WebAnswer } from './web.ts';

const SLOW_MS = 2_000;

/** The front page of a site, where readers get it, and where this instance asks whether pages exist. */
export interface FrontPage {
  readonly url: string;
  readonly answer: WebAnswer;
  readonly now: number;
}

/** Whether a site answers as it has to, so that its pages are found. One of each origin that belongs to it. */
export function siteCheck(
  site: KnownSite,
  origin: string,
  frontPage: (origin: string, signal: AbortSignal) => Promise<WebAnswer>,
): Check {
  return {
    group: `Site ${site.slug}`,
    name: origin,
    limitMs: 8_000,
    async look(signal) {
      try {
        const answer = await frontPage(origin, signal);
        return judgeFrontPage({ url: `${origin}/`, answer, now: Date.now() }, site.callbackOrigin === origin);
      } catch (error) {
        if (signal.aborted) throw error;
        const [says, advice] = explain(error);
        return broken(says, `${advice} ${site.callbackOrigin === origin ? NOT_ASKED : ''}`.trim());
      }
    },
  };
}

const NOT_ASKED =
  'As long as this instance cannot ask there, no page is counted that it has not seen before; `tracked_origin_callback` (or `callback_origin` of the site) is where it asks.';

/** @param asked whether this instance asks there whether pages exist */
export function judgeFrontPage({ url, answer, now }: FrontPage, asked: boolean): readonly Finding[] {
  const { status, headers, tookMs } = answer;
  const found: (Finding | null)[] = [judgeCertificate(answer.certificateEndsAt, now)];
  if (status >= 300 && status < 400) {
    const to = headers['location'] ?? '';
    const target = URL.canParse(to, url) ? new URL(to, url) : null;
    if (target?.origin !== new URL(url).origin) {
      found.push(
        (asked ? broken : warning)(
          `/ leads to ${target?.origin ?? 'nowhere'}`,
          `A path is a page only where this origin itself answers. Use ${target?.origin ?? 'the origin that answers'} as base URL or callback of the site; keep this one as a further base URL if readers come under it.`,
        ),
      );
    } else {
      found.push(
        warning(
          `/ leads to ${target.pathname}`,
          'Readers see that page, and it is counted. Only the path / itself is none.',
        ),
      );
    }
  } else if (status < 200 || status >= 400) {
    found.push(
      (asked ? broken : warning)(
        `/ answers ${status}`,
        `${status === 401 || status === 403 || status === 429 ? 'Something keeps out whoever is no browser, such as a firewall or a login: let the user agent "oxicount" through.' : 'The front page has to answer with success, or it is no page.'} ${asked ? NOT_ASKED : ''}`.trim(),
      ),
    );
  }
  if (tookMs > SLOW_MS) {
    found.push(
      warning(
        `/ took ${(tookMs / 1_000).toFixed(1)} s`,
        'The first reader of a page waits that long before the visit begins; after 5 s the page is taken to be away.',
      ),
    );
  }
  const said = found.filter((one) => one !== null);
  return said.length > 0 ? said : [fine(`answers within ${Math.round(tookMs)} ms`)];
}

/** Whether a path that cannot exist is refused by the site. */
export function unknownPathCheck(site: KnownSite, web: Web): Check {
  return {
    group: `Site ${site.slug}`,
    name: 'a path that is no page',
    limitMs: 8_000,
    async look(signal) {
      const path = `/oxicount-doctor-${Math.random().toString(36).slice(2)}`;
      const answer = await web(site.callbackOrigin + path, { signal }).catch(() => null);
      // Why it does not answer is said of the site itself.
      return answer === null
        ? unknown('not told, since the site does not answer')
        : judgeUnknownPath(answer.status);
    },
  };
}

export function judgeUnknownPath(status: number): Finding {
  if (status >= 200 && status < 300) {
    return warning(
      `the site answers ${status}, as if it had every page`,
      'Whoever makes up paths makes up pages. Have the site answer 404 for what it does not have: in an application of one page that is `try_files $uri =404` but for the routes that there are, or a status that the server sets. limits.new_pages_of_site bounds the damage.',
    );
  }
  if (status >= 500 || status === 429) {
    return warning(
      `the site answers ${status}`,
      'That is taken for a site that is away, and asked again with each reader. It should be 404.',
    );
  }
  return fine(`refused, with ${status}`);
}

/** Whether the front page has the snippet, and lets it work. */
export function snippetCheck(
  site: KnownSite,
  origin: string,
  world: {
    readonly baseUrl: string;
    readonly slugs: readonly string[];
    readonly frontPage: (signal: AbortSignal) => Promise<WebAnswer>;
  },
): Check {
  return {
    group: `Site ${site.slug}`,
    name: `the snippet at ${origin}/`,
    limitMs: 8_000,
    async look(signal) {
      const { status, headers, body } = await world
        .frontPage(signal)
        .catch(() => ({ status: 0, headers: {}, body: '' }));
      // Why it is not there is said above.
      if (status < 200 || status >= 300) return unknown('not told, since the page is not there');
      const snippet = snippetOf(body, `${origin}/`);
      const found = judgeSnippet(snippet, { baseUrl: world.baseUrl, slug: site.slug, slugs: world.slugs });
      const policies = policiesOf(headers as Readonly<Record<string, string>>, body);
      return [
        found,
        ...judgePolicy(policies, { page: origin, baseUrl: world.baseUrl, nonce: snippet?.nonce ?? null }),
      ];
    },
  };
}
