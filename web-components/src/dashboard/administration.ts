/** Loads the element where somebody wants it: most who look have nothing to administer. */
export class Administration {
  readonly #changed: () => void;
  #loading: Promise<unknown> | undefined;
  /** Whether the module could not be loaded. */
  failed = false;

  constructor(changed: () => void) {
    this.#changed = changed;
  }

  load(): void {
    this.failed = false;
    this.#loading ??= import('../oxi-administration.ts').then(
      () => this.#changed(),
      () => {
        // It may be there the next time.
        this.#loading = undefined;
        this.failed = true;
        this.#changed();
      },
    );
  }
}
