import { readEvents } from './event-stream.ts';
import { type Answer, type Operation, requestFor } from './query.ts';
import { ServiceError } from './service-error.ts';

/**
 * - `connecting`: the first attempt is under way, or the page has come back into view
 * - `open`: events arrive as they happen
 * - `waiting`: the connection was lost; it is tried again after a pause
 * - `paused`: nobody is looking at the page, so no connection is held
 * - `refused`: the service said no for good, and it is not asked again
 */
export type LiveState = 'connecting' | 'open' | 'waiting' | 'paused' | 'refused';

/** What a subscriber is told. */
export interface LiveListener {
  /** One result. Data may have been missed before the first one after each `open`. */
  readonly onData?: (data: never) => void;
  /** The state now, and then each change. On `open`, read again what may have been missed. */
  readonly onState?: (state: LiveState) => void;
}

/** Listens to a subscription until the returned function is called. */
export type Live = (operation: Operation, listener: LiveListener) => () => void;

/** What a stream needs of its surroundings, handed in so that tests need neither clock nor network. */
export interface World {
  readonly fetch: (request: Request) => Promise<Response>;
  /** Resolves after the time, or at once when the signal aborts. */
  readonly wait: (ms: number, signal: AbortSignal) => Promise<void>;
  /** A number from 0 to 1. */
  readonly random: () => number;
  /** Calls back now and whenever the page comes into view (true) or leaves it (false); returns how to stop that. */
  readonly watchVisible: (changed: (visible: boolean) => void) => () => void;
}

/** The service sends a sign of life every 12 s, so silence this long means that the connection is dead. */
const SILENCE_MS = 40_000;

/** Pause before attempt `n` (from 1): doubling from 1 s to 30 s, of which up to half is left to chance. */
export function pauseBefore(attempt: number, random: number): number {
  return Math.min(30_000, 1000 * 2 ** (attempt - 1)) * (1 - random / 2);
}

/** One subscription over a `text/event-stream` response, kept alive for all who listen to it. */
export class LiveStream {
  readonly #world: World;
  readonly #operation: Operation;
  readonly #listeners = new Set<LiveListener>();
  #state: LiveState = 'paused';
  #run: AbortController | undefined;
  #unwatch: (() => void) | undefined;

  constructor(world: World, operation: Operation) {
    this.#world = world;
    this.#operation = operation;
  }

  add(listener: LiveListener): void {
    this.#listeners.add(listener);
    listener.onState?.(this.#state);
    this.#unwatch ??= this.#world.watchVisible((visible) => this.#seen(visible));
  }

  /** Returns how many still listen; without any, the stream is closed. */
  remove(listener: LiveListener): number {
    this.#listeners.delete(listener);
    if (this.#listeners.size === 0) {
      this.#unwatch?.();
      this.#unwatch = undefined;
      this.#seen(false);
    }
    return this.#listeners.size;
  }

  #seen(visible: boolean): void {
    if (!visible) {
      this.#run?.abort();
      this.#run = undefined;
      this.#enter('paused');
    } else if (!this.#run) {
      this.#run = new AbortController();
      this.#enter('connecting');
      void this.#keepOpen(this.#run.signal);
    }
  }

  async #keepOpen(signal: AbortSignal): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      try {
        await this.#readOnce(signal, () => {
          attempt = 1;
        });
      } catch (error) {
        if (!signal.aborted && error instanceof ServiceError && !error.passing) return this.#enter('refused');
      }
      if (signal.aborted) return;
      this.#enter('waiting');
      await this.#world.wait(pauseBefore(attempt, this.#world.random()), signal);
      if (signal.aborted) return;
    }
  }

  /** One connection from request to end. `proven` is called once it has carried more than a greeting. */
  async #readOnce(signal: AbortSignal, proven: () => void): Promise<void> {
    const connection = new AbortController();
    const either = AbortSignal.any([signal, connection.signal]);
    let watchdog: AbortController | undefined;
    let signs = 0;
    const alive = () => {
      // The first sign is this side's own request, the second the greeting.
      if (++signs > 2) proven();
      watchdog?.abort();
      const own = new AbortController();
      watchdog = own;
      void this.#world.wait(SILENCE_MS, own.signal).then(() => own.signal.aborted || connection.abort());
    };
    try {
      alive();
      const response = await this.#world.fetch(requestFor(this.#operation, 'text/event-stream', either));
      if (!response.body || !response.headers.get('content-type')?.startsWith('text/event-stream')) {
        throw await refusalIn(response);
      }
      this.#enter('open');
      for await (const event of readEvents(response.body, alive)) {
        if (signal.aborted || event.type === 'complete') return;
        if (event.type !== 'next') continue;
        this.#deliver(JSON.parse(event.data));
      }
    } finally {
      watchdog?.abort();
      connection.abort();
    }
  }

  #deliver({ data, errors }: Answer<never>): void {
    if (errors?.length || data == null) throw ServiceError.from(errors ?? []);
    for (const listener of [...this.#listeners]) listener.onData?.(data);
  }

  #enter(state: LiveState): void {
    if (state === this.#state) return;
    this.#state = state;
    for (const listener of [...this.#listeners]) listener.onState?.(state);
  }
}

/** The reason in an answer that is not a stream: GraphQL failures, or only a status. */
async function refusalIn(response: Response): Promise<ServiceError> {
  const answer = (await response.json().catch(() => undefined)) as Answer<unknown> | undefined;
  if (answer?.errors?.length) return ServiceError.from(answer.errors);
  return new ServiceError(
    'UNEXPECTED_ANSWER',
    `The service answered with status ${response.status} and no stream.`,
  );
}
