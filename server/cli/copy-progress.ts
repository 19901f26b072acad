import type { CopyWatch } from '../storage/sqlite/copy.ts';
import { createProgress, type Progress } from './progress.ts';

// Smaller ones are copied before anybody has read about it.
const WORTH_TELLING = 50_000_000;

/** Tells those who wait how far a copy of a large database is. */
export function watchCopy(signal: AbortSignal): Required<CopyWatch> & { end(): void } {
  let progress: Progress | undefined;
  return {
    signal,
    copied(bytes, of) {
      if (of < WORTH_TELLING) return;
      progress ??= createProgress({
        total: Math.ceil(of / 1_000_000),
        unit: 'MB',
        output: process.stderr,
        clock: () => performance.now(),
      });
      progress.show(Math.floor(bytes / 1_000_000));
    },
    checking() {
      progress?.end();
      if (progress) process.stderr.write('Checking it.\n');
    },
    end: () => progress?.end(),
  };
}
