/** Loads the element where somebody wants it: most who look have nothing to administer. */
export class Administration {
  readonly #changed: () => void;
  /** Whether the module could not be loaded. It may be there the next time. */
  failed = false;

  constructor(changed: () => void) {
    this.#changed = changed;
  }

  async load(): Promise<void> {
    try {
      await import('../oxi-administration.ts');
      this.failed = false;
    } catch {
      this.failed = true;
    }
    this.#changed();
  }
}
