import type { OxicountError } from '@oxicount/sdk/slim';
import { type Refusal, refusalOf } from './refusal.ts';

/** What the service makes of a form: it is busy with it, or has refused it. */
export class Attempt {
  readonly #fields: readonly string[];
  readonly #changed: () => void;
  busy = false;
  refusal: Refusal | undefined;

  /** @param fields names of those that the form has */
  constructor(fields: readonly string[], changed: () => void) {
    this.#fields = fields;
    this.#changed = changed;
  }

  /** Does something, once at a time. Resolves to whether it was done. */
  async run(work: () => Promise<void>): Promise<boolean> {
    if (this.busy) return false;
    this.#enter(true, undefined);
    try {
      await work();
    } catch (error) {
      this.#enter(false, refusalOf(error as OxicountError, this.#fields));
      return false;
    }
    this.#enter(false, undefined);
    return true;
  }

  #enter(busy: boolean, refusal: Refusal | undefined): void {
    this.busy = busy;
    this.refusal = refusal;
    this.#changed();
  }
}
