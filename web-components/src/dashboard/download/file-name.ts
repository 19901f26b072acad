/** What a file is named for. */
export interface FileOf {
  readonly site: string;
  /** What is in it: `totals`, `countries`. */
  readonly part: string;
  /** A preset or two dates. */
  readonly range: string;
  readonly format: 'csv' | 'json';
}

/** `oxicount-blog-countries-last-30-days.csv`: names that every system takes. */
export function fileName({ site, part, range, format }: FileOf): string {
  const name = ['oxicount', site, part, range.replace('/', '_')].join('-');
  return `${name.replace(/[^\w-]/g, '')}.${format}`;
}
