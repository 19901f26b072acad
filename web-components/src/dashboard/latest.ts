import { ServiceError } from '../transport/service-error.ts';

/** While the service is away, it is asked again this often. */
const RETRY_MS = 5000;

/**
 * The latest answer to a question that is asked again and again.
 *
 * A new reading replaces the one under way. A failed reading keeps the last value beside the error, so that a screen
 * can go on showing what was known, and is repeated after a while when the reason may pass.
 */
export class Latest<Value> {
  readonly #changed: () => void;
  #reading: AbortController | undefined;
  #retry: ReturnType<typeof setTimeout> | undefined;
  value: Value | undefined;
  error: ServiceError | undefined;

  constructor(changed: () => void) {
    this.#changed = changed;
  }

  /** True while the outcome of a reading is awaited. */
  get reading(): boolean {
    return this.#reading !== undefined;
  }

  async read(ask: (signal: AbortSignal) => Promise<Value>): Promise<void> {
    this.stop();
    const own = new AbortController();
    this.#reading = own;
    this.#changed();
    try {
      const value = await ask(own.signal);
      if (this.#reading !== own) return;
      this.value = value;
      this.error = undefined;
    } catch (error) {
      if (this.#reading !== own) return;
      this.error =
        error instanceof ServiceError ? error : new ServiceError('UNEXPECTED_ANSWER', String(error));
      if (this.error.passing) this.#retry = setTimeout(() => void this.read(ask), RETRY_MS);
    }
    this.#reading = undefined;
    this.#changed();
  }

  /** Gives up the reading under way or to come, if any; nothing is reported for it. */
  stop(): void {
    clearTimeout(this.#retry);
    this.#reading?.abort();
    this.#reading = undefined;
  }
}
