import { documentOf } from '../client/document.ts';
import { visitsOf } from '../client/visits-of.ts';
import type { StatsFilter } from '../widget/panel-element.ts';
import { RANGE, type StatsRange } from '../widget/range.ts';
import type { Reading } from '../widget/reading.ts';
import type { TotalsData } from './totals-data.ts';

/** Which totals to read. */
export interface TotalsAsked {
  readonly site: string | undefined;
  readonly range: StatsRange | undefined;
  readonly filter: StatsFilter | undefined;
  /** `PREVIOUS_PERIOD`, `YEAR_BEFORE`; undefined: nothing is compared. */
  readonly comparison: string | undefined;
  /** Names of the schema. */
  readonly fields: readonly string[];
  /** Page to listen to; undefined for the site. */
  readonly path: string | undefined;
}

interface Answer {
  readonly stats: Omit<TotalsData, 'comparison'> & Partial<Pick<TotalsData, 'comparison'>>;
}

/** Totals of a range and, where it is compared, what they were. */
export function totalsReading({ fields, path, ...asked }: TotalsAsked): Reading<TotalsData> {
  const { site, comparison } = asked;
  const figures = fields.join(' ');
  const compared = comparison
    ? `comparison(with:$comparison){${RANGE} totals{${figures}} change{${figures}}}`
    : '';
  const declared = `$site:ID$range:StatsRange$filter:StatsFilter${comparison ? '$comparison:Comparison!' : ''}`;
  const document = `query Totals(${declared}){stats(site:$site range:$range filter:$filter){${RANGE} totals{${figures}}${compared}}}`;
  return {
    key: JSON.stringify([asked, fields]),
    async read(client, signal) {
      const { stats } = await client.request(documentOf<Answer>(document), asked, { signal });
      return { range: stats.range, totals: stats.totals, comparison: stats.comparison ?? null };
    },
    source: visitsOf(site, path),
  };
}
