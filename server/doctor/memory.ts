import { totalmem } from 'node:os';
import { formatBytes } from './disk.ts';
import { type Check, type Finding, fine, warning } from './finding.ts';

/** What a busy process takes, its caches and Node's own room included. */
const PROCESS_BYTES = 250_000_000;

/** Memory of this machine, or what the container may have of it. */
export interface Memory {
  readonly totalBytes: number;
  /** Processes that the service runs as. */
  readonly processes: number;
}

/** Whether there is memory for as many processes as there are to be. */
export function memoryCheck(workers: number): Check {
  return {
    group: 'This machine',
    name: 'memory',
    limitMs: 1_000,
    async look() {
      // Where nothing constrains it, that is 0, or more than there is.
      const constrained = process.constrainedMemory() || Number.POSITIVE_INFINITY;
      const processes = workers > 1 ? workers + 1 : 1;
      return judgeMemory({ totalBytes: Math.min(totalmem(), constrained), processes });
    },
  };
}

export function judgeMemory({ totalBytes, processes }: Memory): Finding {
  const has = `${formatBytes(totalBytes)} for ${processes === 1 ? 'one process' : `${processes} processes`}`;
  if (totalBytes >= PROCESS_BYTES * processes) return fine(has);
  return warning(
    has,
    `A busy process takes up to ${formatBytes(PROCESS_BYTES)}. Give the machine or the container more, or set fewer workers: where memory ends, the system kills processes.`,
  );
}
