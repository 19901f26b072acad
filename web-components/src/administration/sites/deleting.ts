import type { Deletion } from '../administered.ts';
import { Attempt } from '../attempt.ts';

/** Deletes a site, which the service does in parts, and knows how far that is. */
export class Deleting {
  readonly #ask: () => Promise<Deletion>;
  readonly #changed: () => void;
  readonly attempt: Attempt;
  /** What the service said last; undefined until it has begun. */
  deletion: Deletion | undefined;
  /** What was typed is not the name of the site. */
  mistyped = false;

  /** @param ask deletes a part, and says how much was deleted so far */
  constructor(ask: () => Promise<Deletion>, changed: () => void) {
    this.#ask = ask;
    this.#changed = changed;
    this.attempt = new Attempt([], changed);
  }

  /** Goes on until nothing is left. Resolves to whether that is so. */
  run(): Promise<boolean> {
    return this.attempt.run(async () => {
      do {
        const { rows, visits, complete } = await this.#ask();
        // Where the instance itself came first, the last answer knows of nothing.
        const { deletion } = this;
        this.deletion = {
          rows: Math.max(rows, deletion?.rows ?? 0),
          visits: Math.max(visits, deletion?.visits ?? 0),
          complete,
        };
        this.#changed();
      } while (!this.deletion.complete);
    });
  }
}
