/**
 * What fields cost beyond the values that they answer with, each of which is 1: what is read for them, in about the
 * time that so many values take. A field of a root that is not here costs {@link ROOT_COST}.
 */
export const COSTS: Readonly<Record<string, number>> = {
  'Query.realTime': 500,
  'Site.visits': 50,
  'Stats.totals': 500,
  'Stats.series': 500,
  'Stats.filteredHits': 500,
  'Stats.top': 2_000,
  'StatsComparison.change': 500,
  'StatsComparison.totals': 500,
  'StatsComparison.series': 500,
  'RangeFigures.totals': 500,
  'RangeFigures.series': 500,
  'VisitConnection.totalCount': 50,
};
export const ROOT_COST = 50;

/** How many values a list has that nobody asked for a number of. Others are taken to have {@link USUAL_SIZE}. */
export const SIZES: Readonly<Record<string, number>> = {
  'Query.sites': 10,
  'FilteredHits.days': 90,
  'RangeFigures.series': 400,
  'RealTime.minutes': 30,
  'Site.baseUrls': 3,
  'Stats.filteredHits': 10,
  'Stats.series': 400,
  'StatsComparison.series': 400,
  '__Schema.types': 80,
  '__Schema.directives': 6,
  '__Directive.args': 1,
  '__Directive.locations': 3,
  '__Field.args': 1,
  '__Type.enumValues': 2,
  '__Type.fields': 3,
  '__Type.inputFields': 1,
  '__Type.interfaces': 1,
  '__Type.possibleTypes': 1,
};
export const USUAL_SIZE = 50;
