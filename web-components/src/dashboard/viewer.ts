import type { StatsFilter } from '../widget/panel-element.ts';
import type { Place } from './place.ts';
import type { Site } from './site-list/site-list.ts';

/** Whoever looks, as their token says. */
export interface Viewer {
  readonly scopes: readonly string[];
  /** Slug of the only site that the token is good for; null for all. */
  readonly site: string | null;
  readonly filter: readonly { readonly dimension: string; readonly value: string }[];
  readonly range: {
    readonly preset: string | null;
    readonly from: string | null;
    readonly to: string | null;
  } | null;
}

/** What to ask for to be given a {@link Viewer}. */
export const VIEWER = 'viewer{scopes site filter{dimension value} range{preset from to}}';

/** What a link that was shared shows, and nothing else. */
export interface Fixed {
  /** As the elements take it; undefined for any. */
  readonly range: string | undefined;
  /** Visits that all have these values. */
  readonly filter: StatsFilter;
  /** Whether it shows statistics alone: what is not asked for by range and filter is not for it. */
  readonly statisticsOnly: boolean;
}

const FREE: Fixed = { range: undefined, filter: {}, statisticsOnly: false };

/** What a viewer is held to on a site. */
export function fixedFor(viewer: Viewer | null | undefined, site: Site | undefined): Fixed {
  if (!viewer || (viewer.site !== null && viewer.site !== site?.id)) return FREE;
  const filter = Object.fromEntries(
    viewer.filter.map(({ dimension, value }) => [fieldOf(dimension), value] as const),
  );
  const { page: _page, ...others } = filter;
  const range = viewer.range ? rangeText(viewer.range) : undefined;
  return { range, filter, statisticsOnly: range !== undefined || Object.keys(others).length > 0 };
}

/** The part of a place that the viewer may see. */
export function placeWithin(place: Place, { range, filter }: Fixed): Place {
  const { page, ...others } = filter;
  return {
    ...place,
    ...(page === undefined ? {} : { path: page }),
    // What it would be compared with is not for them.
    ...(range === undefined ? {} : { range, compare: 'none' }),
    filter: { ...place.filter, ...others },
  };
}

/** Whether there is something for the viewer to administer. */
export function administers(viewer: Viewer | null | undefined): boolean {
  return viewer?.scopes.some((scope) => scope.startsWith('ADMINISTER')) ?? false;
}

/** `ENTRY_PAGE` is the field `entryPage`. */
function fieldOf(dimension: string): string {
  return dimension.toLowerCase().replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
}

function rangeText({ preset, from, to }: NonNullable<Viewer['range']>): string {
  return preset === null ? `${from}/${to ?? ''}` : preset.toLowerCase().replaceAll('_', '-');
}
