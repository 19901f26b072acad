/** What an element can show of some visits. */
export interface Figure {
  /** As attributes name it: `average-spent-seconds`. */
  readonly name: string;
  /** As `Figures` of the schema names it. */
  readonly field: string;
  /** In English. */
  readonly word: string;
  readonly kind: 'count' | 'seconds' | 'share';
  /** Less of it is what an owner hopes for. */
  readonly lessIsBetter?: true;
}

const ALL: readonly Figure[] = [
  { name: 'visits', field: 'visits', word: 'Visits', kind: 'count' },
  { name: 'visitors', field: 'visitors', word: 'Visitors', kind: 'count' },
  { name: 'returning-visitors', field: 'returningVisitors', word: 'Returning visitors', kind: 'count' },
  { name: 'views', field: 'views', word: 'Views', kind: 'count' },
  { name: 'pixel-views', field: 'pixelViews', word: 'Pixel views', kind: 'count' },
  { name: 'average-spent-seconds', field: 'averageSpentSeconds', word: 'Average time', kind: 'seconds' },
  { name: 'spent-seconds', field: 'spentSeconds', word: 'Time spent', kind: 'seconds' },
  { name: 'bounce-rate', field: 'bounceRate', word: 'Bounce rate', kind: 'share', lessIsBetter: true },
];

/** All figures by their names. */
export const FIGURES: ReadonlyMap<string, Figure> = new Map(ALL.map((figure) => [figure.name, figure]));

/** The figures that a list of names, separated by spaces, stands for; names that are none are left out. */
export function figuresNamed(names: string): readonly Figure[] {
  return names.split(/\s+/).flatMap((name) => FIGURES.get(name) ?? []);
}
