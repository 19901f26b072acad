import { randomBytes } from 'node:crypto';
import type { Command } from 'commander';
import { rotateSecret } from '../domain/keyring.ts';
import { type Opened, onDatabase } from './on-database.ts';
import { tellReplicas } from './tell-replicas.ts';

/** `oxicount secret`: the keys that seal visit ids. */
export function addSecret(program: Command): void {
  const secret = program.command('secret').description('Manage the secrets that seal visit ids.');
  secret
    .command('rotate')
    .description(
      'Add a secret to the database. It seals from the next start on; ids under earlier ones stay good until they expire.',
    )
    .action(() => onDatabase(rotate));
}

async function rotate({ config, storage }: Opened): Promise<void> {
  await rotateSecret({ storage, clock: Date.now, randomBytes });
  await tellReplicas({ config, storage }, { of: 'secrets' });
  process.stdout.write('A new secret seals visit ids from the next start on.\n');
  if (config.secrets.length > 0) {
    process.stdout.write('A secret is configured, which goes first: rotate that one instead.\n');
  }
}
