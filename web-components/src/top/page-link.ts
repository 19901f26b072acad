const PATHS = ['page', 'entry-page'];
const WEB = /^https?:\/\//;

/** Where a page of a site is; undefined for what is no page, and where the site's origin is not known. */
export function pageLink(dimension: string, value: string, baseUrl: string | null): string | undefined {
  if (!PATHS.includes(dimension) || !value.startsWith('/') || !WEB.test(baseUrl ?? '')) return undefined;
  // Put together and not resolved: `//other.example` is a path of this origin.
  return `${baseUrl?.replace(/\/+$/, '')}${value}`;
}
