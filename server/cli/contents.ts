import type { Contents } from '../storage/sqlite/copy.ts';
import { format } from './progress.ts';

const UNITS = ['bytes', 'kB', 'MB', 'GB', 'TB'];

/** What a back-up holds: `1,234 visits of 2 sites, 12.3 MB` */
export function describeContents({ visits, sites, bytes }: Contents): string {
  return `${counted(visits, 'visit')} of ${counted(sites, 'site')}, ${formatSize(bytes)}`;
}

/** `1 visit`, `1,234 visits` */
export function counted(count: number, what: string): string {
  return `${format(count)} ${what}${count === 1 ? '' : 's'}`;
}

function formatSize(bytes: number): string {
  let size = bytes;
  let unit = 0;
  while (size >= 999.5 && unit < UNITS.length - 1) {
    size /= 1000;
    unit += 1;
  }
  return `${unit === 0 || size >= 99.95 ? Math.round(size) : size.toFixed(1)} ${UNITS[unit]}`;
}
