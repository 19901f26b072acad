/** What visits can be told apart and filtered by. */
export interface DashboardDimension {
  /** As attributes and addresses name it: `entry-page`. */
  readonly name: string;
  /** As `StatsFilter` names it. */
  readonly field: string;
  /** One of them, in English. */
  readonly word: string;
  /** All of them. */
  readonly many: string;
}

/** All dimensions, in the order in which they are shown. */
export const DIMENSIONS: readonly DashboardDimension[] = [
  { name: 'page', field: 'page', word: 'Page', many: 'Pages' },
  { name: 'entry-page', field: 'entryPage', word: 'Entry page', many: 'Entry pages' },
  { name: 'referrer', field: 'referrer', word: 'Referrer', many: 'Referrers' },
  { name: 'campaign', field: 'campaign', word: 'Campaign', many: 'Campaigns' },
  { name: 'country', field: 'country', word: 'Country', many: 'Countries' },
  { name: 'language', field: 'language', word: 'Language', many: 'Languages' },
  { name: 'browser', field: 'browser', word: 'Browser', many: 'Browsers' },
  { name: 'system', field: 'system', word: 'System', many: 'Systems' },
  { name: 'device', field: 'device', word: 'Device', many: 'Devices' },
];

/** The dimension that an attribute or an address names. */
export function dimensionNamed(name: string): DashboardDimension | undefined {
  return DIMENSIONS.find((dimension) => dimension.name === name);
}
