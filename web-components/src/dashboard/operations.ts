// What the dashboard asks of the service, each beside the shape of its answer.

/** A tracked property. */
export interface Site {
  readonly id: string;
  readonly name: string;
  readonly baseUrls: readonly string[];
  readonly timeZone: string;
  readonly minDelaySecs: number;
}

export const SITES = 'query Sites { sites { id name baseUrls timeZone minDelaySecs } }';
export interface SitesAnswer {
  readonly sites: readonly Site[];
}

/** Pages listed at most; the service sends those with the most visits. */
export const MOST_PAGES = 100;

export interface PageCount {
  readonly path: string;
  readonly count: number;
}

export const OVERVIEW = `query Overview($site: ID, $first: Int!) {
  site(id: $site) { visits }
  counts(site: $site, first: $first) { path count }
}`;
export interface OverviewAnswer {
  readonly site: { readonly visits: number } | null;
  readonly counts: readonly PageCount[];
}

/** A visit that has counted. */
export interface Visit {
  readonly id: string;
  readonly path: string;
  readonly registeredAt: string;
  readonly referrer: string | null;
  readonly spentSeconds: number | null;
}

const VISIT = 'id path registeredAt referrer spentSeconds';

export const PAGE = `query Page($site: ID, $path: String!, $first: Int, $after: String, $last: Int, $before: String) {
  count(site: $site, path: $path)
  history(site: $site, path: $path, first: $first, after: $after, last: $last, before: $before) {
    edges { node { ${VISIT} } }
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
  }
}`;
export interface PageInfo {
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
  readonly startCursor: string | null;
  readonly endCursor: string | null;
}
export interface PageAnswer {
  readonly count: number;
  readonly history: { readonly edges: readonly { readonly node: Visit }[]; readonly pageInfo: PageInfo };
}

export const VISIT_COUNTED = `subscription VisitCounted($site: ID, $path: String) {
  visitCounted(site: $site, path: $path) { ${VISIT} }
}`;
export interface VisitCounted {
  readonly visitCounted: Visit;
}
