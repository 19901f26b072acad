import type { SiteQuestion } from '../access.ts';
import type { Filter } from '../dimensions/dimension.ts';
import type { Instant } from '../instant.ts';
import type { Clock } from '../ports.ts';
import type { Site } from '../site.ts';
import type { Sites } from '../sites.ts';
import type { Stats } from '../statistics/stats.ts';
import { type Digest, readDigest } from './digest.ts';
import { type DigestDays, type DigestPeriod, settledDigests } from './due.ts';

/** How many digests are listed at most: two weeks, and eight. */
const LISTED: Readonly<Record<DigestPeriod, number>> = { daily: 14, weekly: 8 };

/** The last digests of a site. */
export interface DigestList {
  readonly site: Pick<Site, 'slug' | 'name'>;
  readonly period: DigestPeriod;
  /** Which visits they are of, where the reader's token is for some only. */
  readonly filter: Filter;
  /** When the last day or week was settled, also where there is nothing to tell of it. */
  readonly updatedAt: Instant;
  /** Newest first. */
  readonly entries: readonly DigestEntry[];
}

export interface DigestEntry {
  readonly days: DigestDays;
  readonly digest: Digest;
}

/** Digests of days and weeks that are over, for whoever comes to read them. */
export interface Digests {
  /**
   * The last digests, without those before anything was counted. Who may read statistics of those days may read them:
   * a token for some visits has digests of these, and one for a range needs to have all of the days within it.
   * @throws DomainError of {@link Stats.open}
   */
  list(question: SiteQuestion, period: DigestPeriod): Promise<DigestList>;
}

export interface DigestsOptions {
  readonly sites: Pick<Sites, 'known'>;
  readonly stats: Pick<Stats, 'open'>;
  readonly clock: Clock;
}

export function createDigests({ sites, stats, clock }: DigestsOptions): Digests {
  return {
    async list(question, period) {
      const known = await sites.known(question, 'STATS');
      const filter = known.restriction?.filter ?? {};
      const site = known.open(filter);
      const settled = settledDigests(period, site.timeZone, clock(), LISTED[period]);
      const entries: DigestEntry[] = [];
      // One after another, so that a feed leaves connections to the database for others.
      for (const days of settled) {
        const digest = await readDigest(stats, { ...question, site: site.slug }, days);
        entries.push({ days, digest });
      }
      const firstWithFigures = entries.findLastIndex(({ digest }) => hasFigures(digest));
      return {
        site,
        period,
        filter,
        updatedAt: settled[0]?.settledAt ?? 0,
        entries: entries.slice(0, firstWithFigures + 1),
      };
    },
  };
}

function hasFigures({ totals, before, votes }: Digest): boolean {
  return [totals, before.totals].some(({ views }) => views > 0) || (votes ?? []).length > 0;
}
