import { createRequire } from 'node:module';
import type { Command } from 'commander';
import { examineConfig, originsOf } from '../config/config.ts';
import { createDoctor } from '../doctor/doctor.ts';
import { examine } from '../doctor/examine.ts';
import { formatReport, verdictOf } from '../doctor/report.ts';
import { examples } from './examples.ts';

/** `oxicount doctor`: what is wrong with an instance, and what to do about it. */
export function addDoctor(program: Command): void {
  program
    .command('doctor')
    .description(
      'Check configuration, machine, database, clock, Redis, proxies and tracked sites, and say what to do. Changes nothing; ends with 1 where something is broken.',
    )
    .option('--json', 'as JSON')
    .addHelpText('after', examples('oxicount doctor', 'oxicount doctor --json'))
    .action(({ json = false }: { json?: boolean }) => doctor(json));
}

async function doctor(json: boolean): Promise<void> {
  const { engines } = createRequire(import.meta.url)('#package');
  const { checks, close } = await createDoctor({
    examined: examineConfig(),
    origins: originsOf(),
    engines: engines.node,
  });
  const findings = await examine(checks);
  close();
  const verdict = verdictOf(findings);
  const rich = process.stdout.isTTY === true && process.stdout.hasColors();
  const text = json ? `${JSON.stringify({ verdict, findings }, null, 2)}\n` : formatReport(findings, rich);
  // What was given up may hold connections open that nobody ends.
  process.stdout.write(text, () => process.exit(verdict === 'broken' ? 1 : 0));
}
