import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { loadConfig } from '../../../server/config/config.ts';
import { type Service, startService } from '../../../server/main.ts';
import { createQuietLog } from '../../support/log.ts';

/** Starts the program as it is without any configuration, with its demo blog, but for a shorter delay of a second. */
export async function startDemoInstance(): Promise<Service> {
  const folder = await mkdtemp(join(tmpdir(), 'oxicount-test-'));
  const config = loadConfig({
    OXICOUNT_SOCKET_ADDRESS: '127.0.0.1:0',
    OXICOUNT_DATABASE_URL: `file:${join(folder, 'oxicount.db')}`,
    OXICOUNT_MIN_DELAY_SECS: '1',
  });
  const service = await startService({ config, log: createQuietLog() });
  onTestFinished(async () => {
    await service.stop();
    await rm(folder, { recursive: true });
  });
  return service;
}
