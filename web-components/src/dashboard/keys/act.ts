import type { DialogName } from '../dialogs-template.ts';
import { nextRange } from '../range-picker/range-days.ts';
import { COMPARISONS } from '../range-picker/range-picker-template.ts';
import type { Screen } from '../screen.ts';
import type { Action } from './shortcuts.ts';

/** What keys can do beside going to another place. */
export interface KeyWorld {
  readonly today: string;
  readonly open: (dialog: DialogName) => void;
  /** Gives the focus to the element with this id, if it is there. */
  readonly focus: (id: string) => void;
}

/** Does what a key asks for. */
export function act(action: Action, screen: Screen, world: KeyWorld): void {
  if (typeof action === 'object') screen.go(action);
  else ACTS[action](screen, world);
}

const ACTS: Readonly<Record<Exclude<Action, object>, (screen: Screen, world: KeyWorld) => void>> = {
  help: (_screen, { open }) => open('shortcuts'),
  download: (_screen, { open }) => open('download'),
  site: (_screen, { focus }) => focus('site'),
  earlier: (screen, { today }) => step(screen, -1, today),
  later: (screen, { today }) => step(screen, 1, today),
  clear: ({ place, go }) => Object.keys(place.filter).length > 0 && go({ filter: {} }),
  back: ({ place, go }) => place.path !== undefined && go({ path: undefined }),
  compare({ place, go }) {
    const next = (COMPARISONS.indexOf(place.compare) + 1) % COMPARISONS.length;
    go({ compare: COMPARISONS[next] ?? 'none' });
  },
};

function step({ place, go }: Screen, direction: -1 | 1, today: string): void {
  const range = nextRange(place.range, direction, today);
  if (range !== undefined) go({ range });
}
