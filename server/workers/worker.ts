import cluster from 'node:cluster';
import type { AskForBudgets } from '../budgets/workers.ts';
import type { Told, WorkersChannel } from '../events/workers.ts';
import type { Assignment, FromPrimary, FromWorker } from './messages.ts';

/** Whether this process is one of several workers, started by {@link runPrimary}. */
export const isWorker = cluster.isWorker;

/** What connects a worker to its primary, and through it to the other workers. */
export interface PrimaryLink extends Assignment {
  readonly told: WorkersChannel;
  readonly askForBudgets: AskForBudgets;
  /** What the workers of the machine measure, this one among them; those that do not say it in time are left out. */
  scrape(): Promise<readonly unknown[]>;
  /** Says what this worker measures, each time that any of them is scraped. */
  onMeasure(measure: () => Promise<unknown>): void;
  /** Says that this worker serves. */
  ready(): void;
  /** Calls back when the primary is gone, however it ended. Until then that ends the process. */
  whenLost(listener: () => void): void;
}

/** Asks the primary what this process is to do. */
export async function joinPrimary(): Promise<PrimaryLink> {
  const { worker } = cluster;
  if (!worker) throw new Error('This process was not started as a worker.');
  const answers = new Map<number, (waits: readonly number[]) => void>();
  const scraped = new Map<number, (reports: readonly unknown[]) => void>();
  let hear: (told: Told) => void = () => {};
  let measure: () => Promise<unknown> = async () => [];
  let lastId = 0;

  function send(message: FromWorker, sent: () => void = () => {}): void {
    // A primary that is gone has no more use for it.
    if (process.connected) process.send?.(message, sent);
    else sent();
  }

  const assignment = await new Promise<Assignment>((resolve) => {
    process.on('message', (message: FromPrimary) => {
      switch (message.type) {
        case 'welcome':
          return resolve(message.assignment);
        case 'told':
          return hear(message.told);
        case 'taken':
          answers.get(message.id)?.(message.waits);
          return answers.delete(message.id);
        case 'measure':
          return void measure().then((report) => send({ type: 'measured', id: message.id, report }));
        case 'scraped':
          scraped.get(message.id)?.(message.reports);
          return scraped.delete(message.id);
      }
    });
    send({ type: 'hello' });
  });

  return {
    ...assignment,
    told: {
      send: (told, sent) => send({ type: 'told', told }, sent),
      receive(listener) {
        hear = listener;
      },
    },
    askForBudgets: (requests) =>
      new Promise((resolve) => {
        lastId += 1;
        answers.set(lastId, resolve);
        send({ type: 'take', id: lastId, requests });
      }),
    scrape: () =>
      new Promise((resolve) => {
        lastId += 1;
        scraped.set(lastId, resolve);
        send({ type: 'scrape', id: lastId });
      }),
    onMeasure(listener) {
      measure = listener;
    },
    ready: () => send({ type: 'ready' }),
    whenLost(listener) {
      worker.once('disconnect', () => {
        // Else Node ends the process here and now.
        worker.exitedAfterDisconnect = true;
        listener();
      });
    },
  };
}
