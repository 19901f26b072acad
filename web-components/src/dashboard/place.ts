import type { StatsFilter } from '../widget/panel-element.ts';
import { DIMENSIONS } from './dimensions.ts';

/** What the dashboard shows. */
export interface Place {
  /** Slug; undefined for the first site. */
  readonly site?: string | undefined;
  /** Path of a page that is shown in detail; undefined for the whole site. */
  readonly path?: string | undefined;
  /** As the elements take it: `last-30-days`, `2024-03-01/2024-03-31`. */
  readonly range: string;
  /** `previous-period`, `year-before` or `none`. */
  readonly compare: string;
  /** Name of the figure that is charted. */
  readonly figure: string;
  /** Which visits, by fields of `StatsFilter`. */
  readonly filter: StatsFilter;
}

/** What is shown where an address says nothing. */
export const USUAL_PLACE: Place = {
  range: 'last-30-days',
  compare: 'previous-period',
  figure: 'visits',
  filter: {},
};

const OWN = ['site', 'path', 'range', 'compare', 'figure', ...DIMENSIONS.map(({ name }) => name)];

/** The place that the query of an address stands for. */
export function placeIn(search: string): Place {
  const given = new URLSearchParams(search);
  const filters = DIMENSIONS.flatMap(({ name, field }) => {
    const value = given.get(name);
    return value ? [[field, value] as const] : [];
  });
  return {
    site: given.get('site') || undefined,
    path: given.get('path') || undefined,
    range: given.get('range') || USUAL_PLACE.range,
    compare: given.get('compare') || USUAL_PLACE.compare,
    figure: given.get('figure') || USUAL_PLACE.figure,
    filter: Object.fromEntries(filters),
  };
}

/** The query of a place, without what is usual: `?site=blog&range=last-7-days&country=DE`. */
export function queryOf(place: Place, kept: string): string {
  const { filter } = place;
  const parts: [name: string, value: string | undefined][] = [
    ...[...new URLSearchParams(kept)].filter(([name]) => !OWN.includes(name)),
    ['path', place.path],
    ['site', place.site],
    ...((['range', 'compare', 'figure'] as const).map(
      (name) => [name, place[name] === USUAL_PLACE[name] ? undefined : place[name]] as [string, string?],
    ) as [string, string | undefined][]),
    ...DIMENSIONS.map(({ name, field }): [string, string | undefined] => [name, filter[field]]),
  ];
  const query = parts
    .flatMap(([name, value]) => (value ? [`${readable(name)}=${readable(value)}`] : []))
    .join('&');
  return query && `?${query}`;
}

/**
 * The address of a place. On the pages of the instance itself the whole site is at `/` and a page at `/stats`; on
 * another page that has the element, both are at that page's own address.
 *
 * @param current address of the page that the dashboard is on; what it says about other things stays
 */
export function addressOf(place: Place, instance: string, current: string): string {
  const here = new URL(current);
  const overview = new URL(instance);
  const detail = new URL('stats', instance);
  const query = queryOf(place, here.search);
  const atHome =
    here.origin === overview.origin && [overview.pathname, detail.pathname].includes(here.pathname);
  if (!atHome) return `${here.origin}${here.pathname}${query}`;
  return `${place.path === undefined ? overview.href : detail.href}${query}`;
}

/** Encoded for a query, but for what reads better as it is and means nothing there. */
function readable(text: string): string {
  return encodeURIComponent(text).replace(/%(?:2F|3A|2C|40)/g, decodeURIComponent);
}
