/** What the dashboard shows: a site, and one of its pages or all of them. */
export interface Place {
  /** Slug; undefined for the first site. */
  readonly site?: string | undefined;
  /** Path of a page; undefined for the overview. */
  readonly path?: string | undefined;
}

/** The place that an address of the dashboard stands for. */
export function placeAt(search: string): Place {
  const parameters = new URLSearchParams(search);
  return { site: parameters.get('site') || undefined, path: parameters.get('path') || undefined };
}

/** The address of a place: `/?site=blog`, `/stats?path=%2Fabout&site=blog`. */
export function addressOf(place: Place, instance: string): string {
  const url = new URL(place.path === undefined ? '.' : 'stats', instance);
  if (place.path !== undefined) url.searchParams.set('path', place.path);
  if (place.site !== undefined) url.searchParams.set('site', place.site);
  return url.href;
}
