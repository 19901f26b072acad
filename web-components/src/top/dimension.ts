/** What visits are told apart by, and what is said of it in English. */
interface Dimension {
  /** Names the list. */
  readonly name: string;
  /** Of visits that have no value. Absent: none is without, or the list is not of all visits. */
  readonly without?: string;
}

const DIMENSIONS: Readonly<Record<string, Dimension>> = {
  page: { name: 'Top pages' },
  'entry-page': { name: 'Top entry pages' },
  // A visit that came from another page of the site has none either, so it need not be direct.
  referrer: { name: 'Top referrers', without: 'Without a referrer' },
  campaign: { name: 'Top campaigns', without: 'Without a campaign' },
  country: { name: 'Top countries', without: 'Not known' },
  browser: { name: 'Top browsers', without: 'Not known' },
  system: { name: 'Top systems', without: 'Not known' },
  device: { name: 'Devices', without: 'Not known' },
  language: { name: 'Top languages', without: 'Not known' },
};

/** What is known of a dimension as the `dimension` attribute names it. */
export function dimensionNamed(name: string): Dimension {
  return DIMENSIONS[name] ?? { name };
}
