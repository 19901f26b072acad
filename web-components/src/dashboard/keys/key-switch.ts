const KEY = 'oxicount shortcuts';

/** Whether keys are shortcuts, as the reader wants it on all pages of an origin. */
export class KeySwitch {
  readonly #storage: Storage | undefined;
  #on: boolean;

  /** @param storage undefined where nothing may be kept */
  constructor(storage: Storage | undefined) {
    this.#storage = storage;
    this.#on = storage?.getItem(KEY) !== 'off';
  }

  get on(): boolean {
    return this.#on;
  }

  turn(on: boolean): void {
    this.#on = on;
    try {
      if (on) this.#storage?.removeItem(KEY);
      else this.#storage?.setItem(KEY, 'off');
    } catch {
      // It lasts as long as the page then.
    }
  }
}
