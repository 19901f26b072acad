import type { Copying } from '../dashboard/empty/copying.ts';
import type { Say } from '../dashboard/words.ts';
import type { StatsFilter } from '../widget/panel-element.ts';
import type { Site } from './administered.ts';
import type { Office } from './office.ts';

/** What every view may need to draw itself. */
export interface Room {
  readonly say: Say;
  readonly language: string | undefined;
  /** Base address of the instance, with a slash at its end. */
  readonly instance: string;
  readonly office: Office;
  readonly copying: Copying;
  /** All that may be administered. */
  readonly sites: readonly Site[];
  /** Slug of the site that was chosen; null for all. */
  readonly chosen: string | null;
  readonly choose: (site: string | null) => void;
  /** What is on show beside, which a link can be limited to. */
  readonly range: string | null;
  readonly filter: StatsFilter | undefined;
}
