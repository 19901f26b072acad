import type { Schedule } from '../domain/schedule.ts';

/** A worker that says nothing for so long is left out of a scrape, in milliseconds. */
const PATIENCE_MS = 2_000;

/** Gathers what the workers measure, each time one of them is asked by somebody. */
export interface Scrapes {
  /**
   * Asks these workers.
   * @returns what they say, without those that do not in time
   */
  gather(workers: Iterable<(id: number) => void>): Promise<readonly unknown[]>;
  /** A worker said what it measures. */
  measured(id: number, report: unknown): void;
}

export function createScrapes(schedule: Schedule): Scrapes {
  const open = new Map<number, (report: unknown) => void>();
  let lastId = 0;
  return {
    gather(workers) {
      const asked = [...workers];
      lastId += 1;
      const id = lastId;
      const reports: unknown[] = [];
      return new Promise((resolve) => {
        const finish = () => {
          cancel();
          open.delete(id);
          resolve(reports);
        };
        const cancel = schedule(finish, PATIENCE_MS);
        open.set(id, (report) => {
          reports.push(report);
          if (reports.length >= asked.length) finish();
        });
        for (const ask of asked) ask(id);
      });
    },
    measured: (id, report) => open.get(id)?.(report),
  };
}
