/** What the values of a figure are. */
export type FigureKind = 'count' | 'seconds' | 'share';

/** One figure: its field in the API, what its values are, and its English name. */
export interface Figure {
  readonly field: string;
  readonly kind: FigureKind;
  readonly name: string;
}

/** The figures that a history can be of, by the name in the `figure` attribute. */
export const FIGURES = {
  visits: { field: 'visits', kind: 'count', name: 'Visits' },
  views: { field: 'views', kind: 'count', name: 'Views' },
  visitors: { field: 'visitors', kind: 'count', name: 'Visitors' },
  'returning-visitors': { field: 'returningVisitors', kind: 'count', name: 'Returning visitors' },
  'pixel-views': { field: 'pixelViews', kind: 'count', name: 'Pixel views' },
  'spent-seconds': { field: 'spentSeconds', kind: 'seconds', name: 'Time spent' },
  'average-spent-seconds': { field: 'averageSpentSeconds', kind: 'seconds', name: 'Average time spent' },
  'bounce-rate': { field: 'bounceRate', kind: 'share', name: 'Bounce rate' },
} as const satisfies Record<string, Figure>;

/** One of {@link FIGURES}. */
export type FigureName = keyof typeof FIGURES;

/** The figure that an attribute names; visits where it names none, as enumerated attributes of HTML have it. */
export function figureNamed(text: string | null | undefined): FigureName {
  return text && Object.hasOwn(FIGURES, text) ? (text as FigureName) : 'visits';
}
