import type { Command } from 'commander';
import { loadConfig } from '../config/config.ts';
import { operator } from '../domain/access.ts';
import { createLog } from '../log.ts';
import { type Service, startService } from '../main.ts';
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
      }
    });
}

async function serve(development: boolean): Promise<void> {
  const config = loadConfig();
  const log = createLog(config.log);
  const service = await startService({ config, log, development });
  const sites = await service.domain.sites.all(operator);

  let stopping = false;
  const stop = async (signal: NodeJS.Signals) => {
    if (stopping) {
      log.warn({ signal }, 'stopping at once');
      process.exit(1);
    }
    stopping = true;
    log.info({ signal }, 'stopping; a second signal stops at once');
    await service.stop();
    await log.close();
    process.exit(0);
  };
  process.on('SIGINT', stop).on('SIGTERM', stop);
  // Who reads that it runs may stop it.
  greet(service, sites);
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
          '  Token      for whoever runs this instance. It is shown this once: keep it.',
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
