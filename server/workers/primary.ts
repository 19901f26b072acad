import cluster, { type Worker } from 'node:cluster';
import { createInProcessBudgets } from '../budgets/in-process.ts';
import { answerFrom } from '../budgets/workers.ts';
import type { Config } from '../config/config.ts';
import { createOutbox, LOST, type Told } from '../events/workers.ts';
import { freePort } from '../free-port.ts';
import type { Log } from '../log.ts';
import { breakOffWith } from './handed-over.ts';
import type { FromPrimary, FromWorker } from './messages.ts';
import { createScrapes } from './scrapes.ts';
import { type Supervisor, startWorkers, type WorkerFate, type WorkerProcess } from './supervisor.ts';

/**
 * Starts this program again as often as `workers` says, and becomes what starts, connects and stops those processes.
 *
 * node:cluster, because it is in Node and shares a port on every supported version: this process accepts connections and
 * deals them out in turn. Processes that each accept from one socket, handed down or with SO_REUSEPORT, would save
 * that step, but the kernel gives most connections to whoever woke up last, and Node has the option from 23 on.
 */
export async function runPrimary({ config, log }: { config: Config; log: Log }): Promise<Supervisor> {
  const { host, port } = config.socketAddress;
  const assigned: Config = { ...config, socketAddress: { host, port: port || (await freePort(host)) } };
  const answer = answerFrom(createInProcessBudgets());
  /** How each worker is told what the others tell. */
  const outboxes = new Map<Worker, (told: Told) => void>();
  const scrapes = createScrapes(schedule);
  /** How each worker is asked what it measures, once it serves. */
  const measurers = new Map<Worker, (id: number) => void>();

  function start(number: number, isFirst: boolean, fate: WorkerFate): WorkerProcess {
    const worker = cluster.fork();
    breakOffWith(worker);
    const send = (message: FromPrimary, sent = () => {}) => {
      // What cannot be sent is of a worker that has just ended, which is told of below.
      if (worker.isConnected()) worker.send(message, sent);
      else sent();
    };
    const heard = async (message: FromWorker) => {
      switch (message.type) {
        case 'hello':
          // Before it serves: what is counted from then on is news to its subscribers.
          outboxes.set(
            worker,
            createOutbox((told, sent) => send({ type: 'told', told }, sent)),
          );
          send({ type: 'welcome', assignment: { number, isFirst, config: assigned } });
          break;
        case 'ready':
          measurers.set(worker, (id) => send({ type: 'measure', id }));
          fate.ready();
          break;
        case 'told':
          for (const [other, tell] of outboxes) if (other !== worker) tell(message.told);
          break;
        case 'take':
          send({ type: 'taken', id: message.id, waits: await answer(message.requests) });
          break;
        case 'scrape': {
          const reports = await scrapes.gather(measurers.values());
          send({ type: 'scraped', id: message.id, reports });
          break;
        }
        case 'measured':
          scrapes.measured(message.id, message.report);
          break;
      }
    };
    let hasEnded = false;
    const ended = (code: number | null, signal: string | null) => {
      if (hasEnded) return;
      hasEnded = true;
      outboxes.delete(worker);
      measurers.delete(worker);
      // What it committed last it may not have told.
      if (code !== 0) for (const tell of outboxes.values()) tell(LOST);
      fate.ended({ code, signal });
    };
    worker.on('message', heard);
    worker.on('exit', ended);
    worker.on('error', (error) => {
      log.error({ err: error, worker: number }, 'a worker failed');
      // One that could not even be started never exits.
      if (worker.process.pid === undefined) ended(1, null);
    });
    return {
      pid: worker.process.pid,
      // A signal and no message, so that it is the same whether it comes from here or from somebody else.
      stop: () => void worker.process.kill('SIGTERM'),
      kill: () => void worker.process.kill('SIGKILL'),
    };
  }

  return startWorkers({
    workers: config.workers,
    start,
    log,
    clock: () => performance.now(),
    schedule,
  });
}

/** Unlike the timers of the domain it keeps the process running. */
function schedule(task: () => void, milliseconds: number): () => void {
  const timer = setTimeout(task, milliseconds);
  return () => clearTimeout(timer);
}
