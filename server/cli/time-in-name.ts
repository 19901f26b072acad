/** The present second in UTC, as file names on all systems can have it: `2024-12-31T235959Z` */
export function timeInName(): string {
  return new Date().toISOString().replace(/\.\d+/, '').replaceAll(':', '');
}
