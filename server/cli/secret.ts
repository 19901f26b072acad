import { randomBytes } from 'node:crypto';
import type { Command } from 'commander';
import { loadConfig } from '../config/config.ts';
import { rotateSecret } from '../domain/keyring.ts';
import { openDatabase } from '../storage/open.ts';
import { createStorage } from '../storage/storage.ts';
import { exitWith } from './exit.ts';
import { tellReplicas } from './tell-replicas.ts';

/** `oxicount secret`: the keys that seal visit ids. */
export function addSecret(program: Command): void {
  const secret = program.command('secret').description('Manage the secrets that seal visit ids.');
  secret
    .command('rotate')
    .description(
      'Add a secret to the database. It seals from the next start on; ids under earlier ones stay good until they expire.',
    )
    .action(async () => {
      try {
        await rotate();
      } catch (error) {
        exitWith(error);
      }
    });
}

async function rotate(): Promise<void> {
  const config = loadConfig();
  const { database } = await openDatabase(config.database);
  const storage = createStorage(database, () => {});
  try {
    await rotateSecret({ storage, clock: Date.now, randomBytes });
    await tellReplicas({ config, storage }, { of: 'secrets' });
    process.stdout.write('A new secret seals visit ids from the next start on.\n');
    if (config.secrets.length > 0) {
      process.stdout.write('A secret is configured, which goes first: rotate that one instead.\n');
    }
  } finally {
    await storage.close();
  }
}
