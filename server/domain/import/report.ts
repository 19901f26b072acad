/** Of each reason so many examples are kept. */
const MAX_EXAMPLES = 3;
/** Reasons beyond these are counted together: a report is read by people. */
const MAX_REASONS = 100;
const OTHERS = 'other reasons';

/** Why something was left out, how often, and where first. */
export interface LeftOutGroup {
  readonly why: string;
  readonly count: number;
  /** The first of them. */
  readonly examples: readonly string[];
}

/** What became of what a source had. */
export interface ImportReport {
  /** Visits that were counted. */
  readonly visits: number;
  readonly pixelViews: number;
  /** Figures of a day for a value, where no visits are. */
  readonly figures: number;
  /** Of all of these, what was there already, from an import before. */
  readonly thereAlready: number;
  /** Pages that were not there before. */
  readonly pages: number;
  readonly leftOut: readonly LeftOutGroup[];
  /** Whether all of the source was read. */
  readonly complete: boolean;
}

/** Counts what was left out. */
export interface LeftOutTally {
  add(why: string, example: string): void;
  /** Most first. */
  groups(): LeftOutGroup[];
}

export function createLeftOutTally(): LeftOutTally {
  const groups = new Map<string, { count: number; readonly examples: string[] }>();
  return {
    add(why, example) {
      const name = groups.has(why) || groups.size < MAX_REASONS ? why : OTHERS;
      const group = groups.get(name) ?? { count: 0, examples: [] };
      groups.set(name, group);
      group.count += 1;
      if (group.examples.length < MAX_EXAMPLES) group.examples.push(example);
    },
    groups: () => Array.from(groups, ([why, group]) => ({ why, ...group })).sort((a, b) => b.count - a.count),
  };
}
