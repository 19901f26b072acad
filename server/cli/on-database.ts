import { type Config, loadConfig } from '../config/config.ts';
import type { Storage } from '../domain/ports.ts';
import type { Database } from '../storage/database.ts';
import { openDatabase } from '../storage/open.ts';
import { createStorage } from '../storage/storage.ts';
import { exitWith } from './exit.ts';

/** What a command works on: the database of the configuration, which a running service may have open too. */
export interface Opened {
  readonly config: Config;
  readonly storage: Storage;
  readonly database: Database;
}

/** Runs a command on the database, and closes it. What fails ends the command with an exit code. */
export async function onDatabase(work: (opened: Opened) => Promise<void>): Promise<void> {
  try {
    const config = loadConfig();
    const { database } = await openDatabase(config.database);
    const storage = createStorage(database, () => {});
    try {
      await work({ config, storage, database });
    } finally {
      await storage.close();
    }
  } catch (error) {
    exitWith(error);
  }
}
