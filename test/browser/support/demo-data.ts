import { execFile } from 'node:child_process';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { serve, temporaryFolder } from '../../support/program.ts';

const ENTRY = fileURLToPath(new URL('../../../server/dist/oxicount.js', import.meta.url));
const DATABASE = { OXICOUNT_DATABASE_URL: 'file:./oxicount.db' };
// Besides the one with the history.
const ANOTHER_SITE = { OXICOUNT_TRACKED_ORIGIN: 'https://blog.example' };

/** A made-up history, of which every test gets its own. */
export interface DemoData {
  /** Starts the program on a copy, which ends with the test; resolves to where it listens. */
  serve(): Promise<string>;
  remove(): Promise<void>;
}

/** Has the program make up so many visits of a year. */
export async function createDemoData(visits: number): Promise<DemoData> {
  const folder = await mkdtemp(`${tmpdir()}/oxicount-test-`);
  const args = [ENTRY, 'demo', '--visits', String(visits), '--days', '365', '--seed', '7'];
  await promisify(execFile)(process.execPath, args, {
    cwd: folder,
    env: { PATH: process.env['PATH'], ...DATABASE },
  });
  return {
    async serve() {
      const own = await temporaryFolder();
      await cp(folder, own, { recursive: true });
      return serve({ ...DATABASE, ...ANOTHER_SITE }, own).url;
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}
