import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeRollups } from '../../../test/storage/rollups-contract.ts';
import { openDatabase } from '../open.ts';

describeRollups(
  'SQLite',
  async () => {
    const folder = await mkdtemp(join(tmpdir(), 'oxicount-'));
    const { database } = await openDatabase({ provider: 'sqlite', file: join(folder, 'oxicount.db') });
    return { database, remove: () => rm(folder, { recursive: true }) };
  },
  10,
);
