/** How long a button says that the text was copied. */
const CONFIRMED_MS = 2500;

/** Copies a text to the clipboard and knows, for a moment, that it has done so. */
export class Copying {
  readonly #changed: () => void;
  copied = false;

  constructor(changed: () => void) {
    this.#changed = changed;
  }

  /** False where the browser offers no clipboard, as on pages that are neither https nor local. */
  get possible(): boolean {
    return globalThis.navigator?.clipboard !== undefined;
  }

  /** Resolves to whether the text is in the clipboard; a reader may have forbidden it. */
  async copy(text: string): Promise<boolean> {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      return false;
    }
    this.#confirm(true);
    setTimeout(() => this.#confirm(false), CONFIRMED_MS);
    return true;
  }

  #confirm(copied: boolean): void {
    this.copied = copied;
    this.#changed();
  }
}
