import type { DomainError } from './domain/errors.ts';
import type { Log } from './log.ts';

const LOOK_AGAIN_MS = 1_000;
/** An outage is over when the database answers and nobody was refused for so long. */
const QUIET_MS = 5_000;

/** Logs refusals that something led to: of an outage its beginning and its end, however many it refuses. */
export interface Refusals {
  note(error: DomainError, about: RefusedRequest): void;
  close(): void;
}

/** The request that was refused, as far as it is known. */
export interface RefusedRequest {
  /** Where that says more than the error. */
  readonly route?: string | undefined;
  readonly requestId?: string | undefined;
}

export interface RefusalsOptions {
  readonly log: Log;
  /** Resolves when the database can be used. */
  readonly ping: () => Promise<void>;
}

export function createRefusals({ log, ping }: RefusalsOptions): Refusals {
  let outage: { readonly since: number; last: number; refused: number } | undefined;
  let looking: NodeJS.Timeout | undefined;

  async function look(): Promise<void> {
    const works = await ping().then(
      () => true,
      () => false,
    );
    if (outage === undefined) return;
    const now = performance.now();
    if (!works || now - outage.last < QUIET_MS) {
      lookLater();
      return;
    }
    const seconds = Math.round((now - outage.since) / 1_000);
    log.info({ refused: outage.refused, seconds }, 'the database can be used again');
    outage = undefined;
  }

  function lookLater(): void {
    looking = setTimeout(look, LOOK_AGAIN_MS);
    looking.unref();
  }

  return {
    note(error, about) {
      if (!error.cause) return;
      if (error.code !== 'UNAVAILABLE') {
        log.warn({ err: error, ...about }, 'refused');
        return;
      }
      const now = performance.now();
      if (outage) {
        outage.refused += 1;
        outage.last = now;
        return;
      }
      outage = { since: now, last: now, refused: 1 };
      log.warn(
        { err: error, ...about },
        'the database cannot be used: what needs it is refused until it can',
      );
      lookLater();
    },
    close() {
      outage = undefined;
      clearTimeout(looking);
    },
  };
}
