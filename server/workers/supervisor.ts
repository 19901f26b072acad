import type { Clock } from '../domain/ports.ts';
import type { Schedule } from '../domain/schedule.ts';
import type { Log } from '../log.ts';

/** Longer than any worker needs that can stop at all. */
export const STOP_MS = 20_000;
/** A worker that served for so long was no mistake of the start. */
export const STEADY_MS = 10_000;
const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 30_000;
/** How often one may end at its start while no other serves, before the program ends too. */
export const MOST_FAILURES = 5;

/** A process that was started. */
export interface WorkerProcess {
  readonly pid: number | undefined;
  /** Asks it to finish what it accepted, and to end. */
  stop(): void;
  /** Ends it at once. */
  kill(): void;
}

/** How a process ended: one of the two is null. */
export interface Ending {
  readonly code: number | null;
  readonly signal: string | null;
}

/** What becomes of a worker. */
export interface WorkerFate {
  /** It serves. */
  ready(): void;
  ended(ending: Ending): void;
}

export interface SupervisorOptions {
  /** How many there are to be, at least 1. */
  readonly workers: number;
  /** @param number 1 to `workers`; @param isFirst whether none ever served before */
  readonly start: (number: number, isFirst: boolean, fate: WorkerFate) => WorkerProcess;
  readonly log: Log;
  readonly clock: Clock;
  /** Has to keep the process running. */
  readonly schedule: Schedule;
}

/** Keeps a number of workers running. */
export interface Supervisor {
  /** Resolves when no worker is left, with the exit code of the program. */
  readonly ended: Promise<number>;
  /** Lets all workers finish, and kills those that do not in 20 seconds. */
  stop(): void;
  /** Kills all of them. */
  stopAtOnce(): void;
}

/**
 * Starts one worker, and the others once it serves: what is wrong with the configuration is so told once, and where the
 * first one cannot start, the program ends as it would alone. From then on a worker that ends is replaced: at once
 * where it had served for a while, after a growing pause where it had not. Where one ends {@link MOST_FAILURES} times
 * in a row at its start and none serves steadily, the program ends, so that whoever started it hears of it.
 */
export function startWorkers({ workers, start, log, clock, schedule }: SupervisorOptions): Supervisor {
  const places: Place[] = Array.from({ length: workers }, (_, index) => ({
    number: index + 1,
    process: null,
    readyAt: null,
    failures: 0,
    cancelStart: () => {},
  }));
  let everServed = false;
  let stopping = false;
  let exitCode = 0;
  let cancelKill = () => {};
  let finish: (code: number) => void = () => {};
  const ended = new Promise<number>((resolve) => {
    finish = resolve;
  });

  function begin(place: Place): void {
    place.readyAt = null;
    place.process = start(place.number, !everServed, {
      ready: () => serves(place),
      ended: (ending) => hasEnded(place, ending),
    });
  }

  function serves(place: Place): void {
    place.readyAt = clock();
    log.info({ worker: place.number, pid: place.process?.pid }, 'worker ready');
    if (everServed) return;
    everServed = true;
    if (!stopping) for (const other of places) if (other !== place) begin(other);
  }

  function hasEnded(place: Place, ending: Ending): void {
    const pid = place.process?.pid;
    const wasSteady = isSteady(place);
    place.process = null;
    place.readyAt = null;
    if (stopping) {
      exitCode ||= ending.code ?? 0;
      finishWhenAlone();
    } else if (everServed) replace(place, { ending, pid, wasSteady });
    else finish(ending.code || 1);
  }

  function replace(place: Place, { ending, pid, wasSteady }: Ended): void {
    place.failures = wasSteady ? 0 : place.failures + 1;
    if (place.failures >= MOST_FAILURES && !places.some(isSteady)) {
      log.error(
        { worker: place.number, pid, ...ending },
        'workers end at their start again and again; giving up',
      );
      exitCode = ending.code || 1;
      stop();
      return;
    }
    const pauseMs =
      place.failures === 0 ? 0 : Math.min(FIRST_PAUSE_MS * 2 ** (place.failures - 1), LONGEST_PAUSE_MS);
    log.warn({ worker: place.number, pid, ...ending, pauseMs }, 'a worker ended; another takes its place');
    place.cancelStart = schedule(() => begin(place), pauseMs);
  }

  function isSteady({ readyAt }: Place): boolean {
    return readyAt !== null && clock() - readyAt >= STEADY_MS;
  }

  function finishWhenAlone(): void {
    if (places.some(({ process }) => process !== null)) return;
    cancelKill();
    finish(exitCode);
  }

  function stop(): void {
    if (stopping) return;
    stopping = true;
    for (const place of places) {
      place.cancelStart();
      place.process?.stop();
    }
    cancelKill = schedule(() => {
      exitCode ||= 1;
      for (const { number, process } of places) {
        if (!process) continue;
        log.warn({ worker: number, pid: process.pid }, 'a worker did not stop in time and is killed');
        process.kill();
      }
    }, STOP_MS);
    finishWhenAlone();
  }

  const [first] = places;
  if (first) begin(first);
  return {
    ended,
    stop,
    stopAtOnce() {
      for (const { process } of places) process?.kill();
    },
  };
}

/** A worker that ended on its own. */
interface Ended {
  readonly ending: Ending;
  readonly pid: number | undefined;
  readonly wasSteady: boolean;
}

/** Where one worker is after the other. */
interface Place {
  readonly number: number;
  process: WorkerProcess | null;
  readyAt: number | null;
  /** How often in a row one ended at its start. */
  failures: number;
  cancelStart: () => void;
}
