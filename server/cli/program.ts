import { createRequire } from 'node:module';
import { Command } from 'commander';
import { addAudit } from './audit.ts';
import { addBackup } from './backup.ts';
import { addDemo } from './demo.ts';
import { addDoctor } from './doctor.ts';
import { addExport } from './export.ts';
import { addImport } from './import.ts';
import { addRestore } from './restore.ts';
import { addRollups } from './rollups.ts';
import { addSecret } from './secret.ts';
import { addServe } from './serve.ts';
import { addSite } from './site.ts';
import { addToken } from './token.ts';
import { addWebhook } from './webhook.ts';

/** The command line with all of its commands, before it is given anything. */
export function createProgram(): Command {
  const { version, description } = createRequire(import.meta.url)('#package');
  const program = new Command('oxicount')
    .description(description)
    .version(version)
    .showHelpAfterError('(--help says what can be given.)');
  addServe(program);
  addSite(program);
  addToken(program);
  addWebhook(program);
  addAudit(program);
  addSecret(program);
  addRollups(program);
  addDemo(program);
  addImport(program);
  addExport(program);
  addBackup(program);
  addRestore(program);
  addDoctor(program);
  return program;
}
