import { setTimeout } from 'node:timers/promises';
import { DomainError } from './domain/errors.ts';

const PATIENCE_MS = 30_000;
const PAUSE_MS = 100;

/**
 * Does a piece of work of the start again for as long as the database is busy with others that start at the same
 * time, for at most half a minute. A request is refused sooner, since somebody waits for its answer.
 *
 * @param work may be done more than once
 */
export async function patiently<T>(work: () => Promise<T>): Promise<T> {
  const deadline = performance.now() + PATIENCE_MS;
  while (true) {
    try {
      return await work();
    } catch (error) {
      const busy = error instanceof DomainError && error.code === 'UNAVAILABLE';
      if (!busy || performance.now() > deadline) throw error;
      await setTimeout(PAUSE_MS);
    }
  }
}
