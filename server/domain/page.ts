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

/** A part of the list of pages with their counts. */
export interface PageCountRequest {
  /** By count: most first, then by path. By path: as code points. */
  readonly orderBy: 'count' | 'path';
  /** Only paths that contain this text, whatever the case of ASCII letters. */
  readonly search: string | null;
  /** Only pages that come after this one. */
  readonly after: PageCount | null;
  readonly limit: number;
}
