import type { Command } from 'commander';
import { operator } from '../domain/access.ts';
import type { AuditEntry } from '../domain/audit.ts';
import { MAX_AUDIT } from '../domain/site-administration.ts';
import { whole, wordOf } from './argument.ts';
import { describeChanges } from './changes.ts';
import { examples } from './examples.ts';
import { formatInstant } from './format-instant.ts';
import { isoOf, printJson } from './json.ts';
import { knownSite } from './known-site.ts';
import { type Instance, onInstance } from './on-instance.ts';
import { table } from './table.ts';

interface AuditOptions {
  readonly site?: string;
  readonly first: number;
  readonly json?: boolean;
}

/** `oxicount audit`: who changed what of sites and tokens. */
export function addAudit(program: Command): void {
  program
    .command('audit')
    .description('Show who changed what of sites and tokens, newest first.')
    .option('--site <slug>', 'only what is about one site and its tokens')
    .option('--first <number>', 'how many at most', whole(1, MAX_AUDIT), 50)
    .option('--json', 'as JSON')
    .addHelpText('after', examples('oxicount audit', 'oxicount audit --site docs --first 10 --json'))
    .action((options: AuditOptions) => onInstance((instance) => audit(instance, options)));
}

async function audit(instance: Instance, { site, first, json = false }: AuditOptions): Promise<void> {
  if (site !== undefined) await knownSite(instance, site);
  const entries = await instance.administration.audit({ site, first }, operator);
  if (json) {
    printJson(entries.map(jsonOf));
  } else if (entries.length === 0) {
    process.stdout.write('Nothing was changed yet.\n');
  } else {
    const rows = entries.map(({ at, actor, action, site, token, changes }) => [
      formatInstant(at),
      actor,
      wordOf(action).replaceAll('-', ' '),
      site?.slug ?? '-',
      token ?? '-',
      describeChanges(changes),
    ]);
    process.stdout.write(table(['when', 'who', 'what', 'site', 'token', 'changes'], rows));
  }
}

function jsonOf({ id, at, actor, action, site, token, changes }: AuditEntry) {
  return {
    id,
    at: isoOf(at),
    actor,
    action: wordOf(action),
    site: site?.slug ?? null,
    token,
    changes: Object.entries(changes).map(([field, [before, after]]) => ({ field, before, after })),
  };
}
