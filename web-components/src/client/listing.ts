import type { OxicountError } from '@oxicount/sdk/slim';
import { isPassing } from './passing.ts';

/** While the service is away, it is asked again this often. */
const RETRY_MS = 5_000;

/**
 * Something that is read, and read again. A failed reading keeps the last answer beside the error, so that a screen can
 * go on showing what was known, and is repeated after a while where the reason may pass.
 */
export class Listing<Value> {
  readonly #ask: (signal: AbortSignal) => Promise<Value>;
  readonly #changed: () => void;
  #reading: AbortController | undefined;
  #retry: ReturnType<typeof setTimeout> | undefined;
  /** Undefined until the first answer. */
  value: Value | undefined;
  error: OxicountError | undefined;

  constructor(ask: (signal: AbortSignal) => Promise<Value>, changed: () => void) {
    this.#ask = ask;
    this.#changed = changed;
  }

  /** Whether an answer is awaited. */
  get reading(): boolean {
    return this.#reading !== undefined;
  }

  /** Reads unless that is done, or under way. */
  need(): void {
    if (this.value === undefined && !this.error && !this.reading) void this.read();
  }

  async read(): Promise<void> {
    this.stop();
    const own = new AbortController();
    this.#reading = own;
    try {
      const value = await this.#ask(own.signal);
      if (this.#reading !== own) return;
      this.value = value;
      this.error = undefined;
    } catch (error) {
      if (this.#reading !== own) return;
      this.error = error as OxicountError;
      if (isPassing(this.error)) this.#retry = setTimeout(() => void this.read(), RETRY_MS);
    }
    this.#reading = undefined;
    this.#changed();
  }

  /** Forgets the answer, so that the next one who needs it asks. */
  forget(): void {
    this.stop();
    this.value = undefined;
    this.error = undefined;
  }

  /** Gives up what is under way or to come. */
  stop(): void {
    clearTimeout(this.#retry);
    this.#reading?.abort();
    this.#reading = undefined;
  }
}
