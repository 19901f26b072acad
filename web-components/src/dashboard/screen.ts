import type { LiveState } from '../client/following.ts';
import type { Place } from './place.ts';
import type { Site } from './site-list/site-list.ts';
import type { Fixed } from './viewer.ts';
import type { Say } from './words.ts';

/** What every part of the dashboard may need to draw itself. */
export interface Screen {
  readonly say: Say;
  readonly language: string | undefined;
  /** Base address of the instance, with a slash at its end. */
  readonly instance: string;
  /** Undefined until they are known. */
  readonly sites: readonly Site[] | undefined;
  /** The site on show; undefined until it is known, and where there is none. */
  readonly site: Site | undefined;
  readonly place: Place;
  /** What of the place a shared link holds the viewer to. */
  readonly fixed: Fixed;
  readonly state: LiveState | undefined;
  /** The address of another place. */
  readonly address: (change: Partial<Place>) => string;
  /** Shows another place. */
  readonly go: (change: Partial<Place>) => void;
}

/** The site that a newcomer finds: the instance's own demo pages. */
export const DEMO_SITE = 'demo';

/** A click on a link to another place, which needs no new document unless the reader wants a tab of its own. */
export function follow(screen: Screen, change: Partial<Place>) {
  return (event: MouseEvent) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || event.button !== 0) return;
    event.preventDefault();
    screen.go(change);
  };
}
