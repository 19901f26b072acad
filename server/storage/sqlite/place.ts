import { statSync } from 'node:fs';

/**
 * Watches whether a database that is open is still what its name leads to. SQLite goes on writing to a file that was
 * removed or replaced, and to its journal, and all of that is gone with the process.
 *
 * @param names of the files; the first check finds what all others compare with
 * @returns throws where one of them is another file by now, or gone; once it is back, it does not
 */
export function createPlaceCheck(...names: readonly string[]): () => void {
  let first: readonly (string | null)[] | undefined;

  return () => {
    const found = names.map(identity);
    first ??= found;
    const lost = names.filter((_, index) => found[index] !== first?.[index]);
    if (lost.length === 0) return;
    throw new Error(
      `${lost.join(' and ')} was removed or replaced while it was open, and whatever is written would be lost. ` +
        'Put it back, or start again.',
    );
  };
}

function identity(name: string): string | null {
  const found = statSync(name, { throwIfNoEntry: false, bigint: true });
  return found ? `${found.dev}:${found.ino}` : null;
}
