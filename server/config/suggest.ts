import { settings } from './settings.ts';

const LOOK_UP = 'docs/settings.md lists the settings';

/** What to say of a key that does not exist: the one that was probably meant. */
export function suggestKey(unknown: string): string {
  const keys = settings.map(({ key }) => key);
  // A key below the wrong table is the commonest mistake in TOML.
  const sameName = keys.find((key) => lastPart(key) === lastPart(unknown));
  return suggestion(sameName ?? closest(unknown, keys));
}

/** What to say of an `OXICOUNT_` variable that does not exist. */
export function suggestVariable(unknown: string): string {
  if (/^OXICOUNT_SITES(_|$)/.test(unknown)) return '[[sites]] can be declared in the configuration file only';
  const variables = settings.flatMap(({ variable }) => variable ?? []);
  return suggestion(closest(unknown, [...variables, 'OXICOUNT_CONFIG_FILE']));
}

function suggestion(meant: string | undefined): string {
  return meant === undefined ? LOOK_UP : `did you mean ${meant}?`;
}

function lastPart(key: string): string | undefined {
  return key.split('.').at(-1);
}

function closest(unknown: string, candidates: readonly string[]): string | undefined {
  const [best] = candidates
    .map((candidate) => ({ candidate, edits: editDistance(unknown, candidate) }))
    .sort((one, other) => one.edits - other.edits);
  return best && best.edits <= 3 ? best.candidate : undefined;
}

/** Insertions, deletions and replacements that turn one text into the other. */
function editDistance(from: string, to: string): number {
  // Far-off lengths are no typing mistakes, and need no table.
  if (Math.abs(from.length - to.length) > 3) return Number.POSITIVE_INFINITY;
  let row = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (let line = 1; line <= from.length; line += 1) {
    const next = [line];
    for (let column = 1; column <= to.length; column += 1) {
      const replaced = (row[column - 1] ?? 0) + (from[line - 1] === to[column - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[column] ?? 0) + 1, (next[column - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[to.length] ?? 0;
}
