import { broken, type Finding, fine, warning } from './finding.ts';

/** The script element that counts, as a page has it. */
export interface Snippet {
  /** Absolute. */
  readonly src: string;
  readonly site: string | null;
  readonly nonce: string | null;
  /** Where the script is told to report instead of where it is from. */
  readonly url: string | null;
}

/** Finds the script in a page. What a script puts there later is not seen. */
export function snippetOf(html: string, page: string): Snippet | null {
  const visible = html.replace(/<!--.*?-->/gs, '');
  for (const [, attributes = ''] of visible.matchAll(/<script\b([^>]*)>/gi)) {
    const src = attribute(attributes, 'src');
    if (src === null || !/\bcount\.js(?:[?#]|$)/.test(src) || !URL.canParse(src, page)) continue;
    return {
      src: new URL(src, page).href,
      site: attribute(attributes, 'data-site'),
      nonce: attribute(attributes, 'nonce'),
      url: attribute(attributes, 'data-url'),
    };
  }
  return null;
}

function attribute(attributes: string, name: string): string | null {
  const [, double, single, bare] =
    new RegExp(`(?:^|\\s)${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)'|([^\\s"'>]+))`, 'i').exec(attributes) ?? [];
  return double ?? single ?? bare ?? null;
}

/** Whether the snippet is the one of this instance, and for this site. */
export function judgeSnippet(
  snippet: Snippet | null,
  {
    baseUrl,
    slug,
    slugs,
  }: { readonly baseUrl: string; readonly slug: string; readonly slugs: readonly string[] },
): Finding {
  const right = `<script defer src="${baseUrl}/count.js"></script>`;
  if (snippet === null) {
    return warning(
      'not found',
      `Paste ${right} into every page, before </head>. Where a script of the page puts it there, it is not seen from here.`,
    );
  }
  const script = new URL(snippet.src);
  if (snippet.url === null && script.origin + script.pathname !== `${baseUrl}/count.js`) {
    return warning(
      `it is ${script.origin}${script.pathname}, and not of ${baseUrl}`,
      `Those visits go elsewhere. Paste ${right}, or set OXICOUNT_BASE_URL to where the script is from.`,
    );
  }
  if (snippet.site !== null && !slugs.includes(snippet.site)) {
    return broken(
      `data-site is "${snippet.site}", and there is no such site`,
      `Nothing is counted. Write data-site="${slug}", or leave it out.`,
    );
  }
  if (snippet.site !== null && snippet.site !== slug) {
    return warning(
      `data-site is "${snippet.site}", while the address is one of the site ${slug}`,
      `Its visits are refused unless both sites have the address. Write data-site="${slug}", or leave it out.`,
    );
  }
  return fine('there');
}
