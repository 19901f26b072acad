const FIGURES = `fragment F on Figures {
  visits pixelViews views visitors returningVisitors bounces bounceRate timedVisits spentSeconds averageSpentSeconds
}
fragment C on FiguresChange {
  visits pixelViews views visitors returningVisitors bounces bounceRate timedVisits spentSeconds averageSpentSeconds
}`;
const DIMENSIONS = [
  'PAGE',
  'ENTRY_PAGE',
  'REFERRER',
  'CAMPAIGN',
  'COUNTRY',
  'BROWSER',
  'SYSTEM',
  'DEVICE',
  'LANGUAGE',
  'PAGE',
];

/** A dashboard with everything that one can have, and lists of that length. */
export function dashboard(first: number): string {
  const lists = DIMENSIONS.map(
    (dimension, index) => `t${index}: top(dimension: ${dimension}, first: ${first}) {
      edges { cursor node { value share figures { ...F } } } pageInfo { hasNextPage endCursor } }`,
  );
  return `query ($site: ID, $range: StatsRange, $filter: StatsFilter) {
    site(id: $site) { id name timeZone visits }
    realTime(site: $site) { visitors pages(first: 10) { path visitors } minutes { start visits pixelViews } }
    stats(site: $site, range: $range, filter: $filter) {
      range { from to firstDay lastDay }
      totals { ...F }
      series { start figures { ...F } }
      comparison { range { from to } totals { ...F } change { ...C } series { start figures { ...F } } }
      ${lists.join('\n')}
    }
  }
  ${FIGURES}`;
}

/** Counts of so many pages in one request, as the clients join them. */
export function counts(pages: number): string {
  const all = Array.from({ length: pages }, (_, page) => page);
  const declared = all.map((page) => `$s${page}: ID $p${page}: String!`).join(' ');
  return `query CountOfPages(${declared}) {
    ${all.map((page) => `c${page}: count(site: $s${page} path: $p${page})`).join(' ')}
  }`;
}
