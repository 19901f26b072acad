import type { SiteQuestion } from './access.ts';
import { type Counted, countedDescriptions } from './counted.ts';
import type { Counts } from './counts.ts';
import type { Sites } from './sites.ts';
import { DEFAULT_PRESET, type Preset } from './statistics/preset.ts';
import type { Stats } from './statistics/stats.ts';

/** What a badge can show. */
export const BADGE_FIGURES = ['visits', 'views', 'visitors'] as const;
export type BadgeFigure = (typeof BADGE_FIGURES)[number];

export interface BadgeQuestion {
  /** Default: all pages of the site. */
  readonly path?: string | null | undefined;
  readonly of: BadgeFigure;
  /** Default: all time; for visitors, who are told apart on one day only, that of statistics. */
  readonly range?: Preset | null | undefined;
}

/** One number in a few words. */
export interface Badges {
  /** 0 where the page is unknown. @throws DomainError `INVALID_PATH` or of {@link Sites.find} */
  figure(question: SiteQuestion, badge: BadgeQuestion): Promise<number>;
}

export interface BadgesOptions {
  readonly sites: Pick<Sites, 'read'>;
  readonly counts: Pick<Counts, 'count'>;
  readonly stats: Pick<Stats, 'open'>;
}

export function createBadges({ sites, counts, stats }: BadgesOptions): Badges {
  return {
    async figure(question, { path, of, range }) {
      const preset = range ?? (of === 'visitors' ? DEFAULT_PRESET : 'ALL_TIME');
      // What a page stands at is read at once, and stays when its visits are removed.
      if (preset === 'ALL_TIME' && isCounted(of)) return counts.count(question, { path, of });
      const { page } = await sites.read(question, 'STATS', path);
      const view = await stats.open({ ...question, range: { preset }, filter: { page } });
      return (await view.totals())[of];
    },
  };
}

function isCounted(figure: BadgeFigure): figure is Counted {
  return Object.hasOwn(countedDescriptions, figure);
}
