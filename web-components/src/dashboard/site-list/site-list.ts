import { documentOf } from '../../client/document.ts';
import { Listing } from '../../client/listing.ts';
import type { PageClient } from '../../client/page-client.ts';
import { VIEWER, type Viewer } from '../viewer.ts';

/** A tracked property, as far as the dashboard needs it. */
export interface Site {
  readonly id: string;
  readonly name: string;
  readonly baseUrls: readonly string[];
  readonly timeZone: string;
  readonly minDelaySecs: number;
  /** Since the beginning; null where it is not for the viewer. */
  readonly views: number | null;
}

/** Whether nothing was ever counted on a site: no visit, and no pixel view by readers without JavaScript. */
export const isEmpty = ({ views }: Site): boolean => views === 0;

/** Which sites there are, and who sees them: null without a token. */
interface Answer {
  readonly sites: readonly Site[];
  readonly viewer: Viewer | null;
}

const SITES = documentOf<Answer>(
  `query Sites{sites{id name baseUrls timeZone minDelaySecs views} ${VIEWER}}`,
);

/** The sites that may be seen, and who sees them. */
export class SiteList extends Listing<Answer> {
  constructor(client: () => PageClient, changed: () => void) {
    super((signal) => client().request(SITES, {}, { signal }), changed);
  }

  /** Undefined until the first answer. */
  get sites(): readonly Site[] | undefined {
    return this.value?.sites;
  }

  /** Null without a token; undefined until the first answer. */
  get viewer(): Viewer | null | undefined {
    return this.value?.viewer;
  }
}
