import type { Connection } from '../transport/browser.ts';
import type { LiveState } from '../transport/live-stream.ts';
import { Latest } from './latest.ts';
import { VISIT_COUNTED, type Visit, type VisitCounted } from './operations.ts';
import { paced } from './paced.ts';

/** What a view of the dashboard needs to read from the service. */
export interface Source {
  readonly connection: Pick<Connection, 'ask' | 'live'>;
  readonly endpoint: string;
  /** Slug of the site on show. */
  readonly site: string;
  /** Called after anything on show has changed. */
  readonly changed: () => void;
}

/** What a live reading reads, and which visits make it read again. */
export interface Reading<Value> {
  readonly read: (signal: AbortSignal) => Promise<Value>;
  /** Only visits to this page; left out, visits to any page of the site. */
  readonly path?: string;
  readonly onVisit?: (visit: Visit) => void;
}

/** On a busy site, numbers that change more often than this cannot be read anyway. */
const PAUSE_MS = 1000;

/**
 * Figures that are read again whenever a visit counts.
 *
 * Nothing is added up here: every number on show is the service's own, so it stays right whatever was missed, repeated
 * or overtaken on the way.
 */
export class LiveReading<Value> {
  readonly latest: Latest<Value>;
  readonly #source: Source;
  readonly #reading: Reading<Value>;
  readonly #refresh = paced(() => void this.read(), PAUSE_MS);
  #state: LiveState = 'connecting';
  #unsubscribe: (() => void) | undefined;

  constructor(source: Source, reading: Reading<Value>) {
    this.#source = source;
    this.#reading = reading;
    this.latest = new Latest(source.changed);
  }

  get state(): LiveState {
    return this.#state;
  }

  start(): void {
    const { connection, endpoint, site } = this.#source;
    void this.read();
    this.#unsubscribe = connection.live(
      { endpoint, query: VISIT_COUNTED, variables: { site, path: this.#reading.path ?? null } },
      {
        onData: ({ visitCounted }: VisitCounted) => {
          this.#reading.onVisit?.(visitCounted);
          this.#source.changed();
          this.#refresh.call();
        },
        onState: (state) => {
          this.#state = state;
          this.#source.changed();
          if (state === 'open') void this.read();
        },
      },
    );
  }

  /** Reads now. */
  read(): Promise<void> {
    return this.latest.read(this.#reading.read);
  }

  stop(): void {
    this.#unsubscribe?.();
    this.#refresh.stop();
    this.latest.stop();
  }
}
