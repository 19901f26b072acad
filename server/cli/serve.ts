import type { Command } from 'commander';
import { type Config, loadConfig } from '../config/config.ts';
import { operator } from '../domain/access.ts';
import { type ClosableLog, createLog, type Log } from '../log.ts';
import { type Service, startService } from '../main.ts';
import { runPrimary } from '../workers/primary.ts';
import { isWorker, joinPrimary } from '../workers/worker.ts';
import { exitWith } from './exit.ts';

/** `oxicount serve`: runs the service until it is told to stop. */
export function addServe(program: Command): void {
  program
    .command('serve', { isDefault: true })
    .description('Start the service. Settings come from OXICOUNT_CONFIG_FILE and OXICOUNT_* variables.')
    .option('--dev', 'serve GraphiQL at /graphql')
    .action(async ({ dev = false }: { dev?: boolean }) => {
      try {
        await serve(dev);
      } catch (error) {
        exitWith(error);
        // The link to the primary would keep a worker that failed.
        if (isWorker) process.exit();
      }
    });
}

async function serve(development: boolean): Promise<void> {
  if (isWorker) return serveAsWorker(development);
  const config = loadConfig();
  const log = createLog(config.log);
  if (config.workers > 1) return supervise(config, log);
  const service = await startService({ config, log, development });
  onSignals(log, {
    stop: () => end(service, log),
    stopAtOnce: () => process.exit(1),
  });
  greet(service, await service.domain.sites.all(operator));
}

/** Starts workers, which are this program again, and goes on for as long as they do. */
async function supervise(config: Config, log: ClosableLog): Promise<void> {
  const workers = await runPrimary({ config, log });
  onSignals(log, {
    stop: workers.stop,
    stopAtOnce() {
      workers.stopAtOnce();
      process.exit(1);
    },
  });
  const code = await workers.ended;
  if (code === 0) log.info({}, 'all workers stopped');
  await log.close();
  process.exit(code);
}

/** Serves until the primary says that it is enough, or is gone. */
async function serveAsWorker(development: boolean): Promise<void> {
  // A terminal sends it to all processes; the primary hears it and tells the workers.
  process.on('SIGINT', () => {});
  const link = await joinPrimary();
  const { config, number, isFirst } = link;
  const log = createLog({ ...config.log, worker: number });
  const service = await startService({ config, log, development, link });
  let ending = false;
  const stop = (reason: string) => {
    if (ending) return;
    ending = true;
    log.info({ reason }, 'stopping');
    void end(service, log);
  };
  process.on('SIGTERM', stop);
  link.whenLost(() => stop('the process that started this one is gone'));
  if (isFirst) greet(service, await service.domain.sites.all(operator));
  link.ready();
}

async function end(service: Service, log: ClosableLog): Promise<void> {
  await service.stop();
  await log.close();
  process.exit(0);
}

function onSignals(log: Log, { stop, stopAtOnce }: { stop: () => void; stopAtOnce: () => void }): void {
  let stopping = false;
  const hear = (signal: NodeJS.Signals) => {
    if (stopping) {
      log.warn({ signal }, 'stopping at once');
      return stopAtOnce();
    }
    stopping = true;
    log.info({ signal }, 'stopping; a second signal stops at once');
    stop();
  };
  process.on('SIGINT', hear).on('SIGTERM', hear);
}

/** What somebody who starts it for the first time needs next. */
function greet({ baseUrl, firstToken }: Service, sites: readonly { readonly slug: string }[]): void {
  const [first, second] = sites;
  const demo = first?.slug === 'demo' && !second;
  const lines = [
    '',
    '  oxicount is running.',
    '',
    `  Dashboard  ${baseUrl}/`,
    ...(demo
      ? [`  Demo blog  ${baseUrl}/demo/  (stay on a page, and see the visit appear in the dashboard)`]
      : []),
    '  Snippet    paste this into every page of your site, before </head>:',
    '',
    `    <script defer src="${baseUrl}/count.js"></script>`,
    '',
    ...(firstToken === null
      ? []
      : [
          '  Token      administers this instance: sign in to the dashboard with it, to add sites and to share figures.',
          '             It is shown this once, so keep it. Where it is lost, this makes another:',
          '             oxicount token create me --scope administer-instance',
          '',
          `    ${firstToken}`,
          '',
        ]),
    ...(demo
      ? ['  To count your own site, set OXICOUNT_TRACKED_ORIGIN=https://your.site and start again.', '']
      : []),
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
}
