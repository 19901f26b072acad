/** A page as it is stored. */
export interface Page {
  readonly id: number;
  readonly siteId: number;
  readonly path: string;
}

/** A page and how often it was visited. */
export interface PageCount {
  readonly path: string;
  readonly count: number;
}
