import { execFileSync } from 'node:child_process';
import { rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { clusterAbsence, startCluster } from '../support/cluster.ts';
import { folderOfUser } from '../support/own-programs.ts';
import { temporaryFolder } from '../support/program.ts';
import { startTestService } from '../support/service.ts';
import { sql } from '../support/sql.ts';
import { checkBooks } from './books.ts';
import { sendReaders } from './readers.ts';

const SIZE_MB = 16;
const absence =
  (await clusterAbsence()) ?? (process.getuid?.() === 0 ? null : 'only root can make a small disk');

describe.skipIf(absence !== null)(`a full disk${absence === null ? '' : ` (skipped: ${absence})`}`, () => {
  test('of PostgreSQL refuses visits, and takes them when there is room', async () => {
    const cluster = await startCluster();
    const disk = await smallDisk();
    await sql(cluster.url, `CREATE TABLESPACE small LOCATION '${disk}'`);
    await sql(cluster.url, 'CREATE DATABASE visits TABLESPACE small');
    const databaseUrl = new URL('/visits', cluster.url).href;
    const paths = Array.from({ length: 5 }, (_, index) => `/page-${index}`);
    const { url } = await startTestService({ databaseUrl, paths });

    const readers = sendReaders(() => url, 20);
    await expect.poll(() => readers.acknowledged.size, { timeout: 20_000 }).toBeGreaterThan(200);
    const ballast = join(disk, 'ballast');
    fill(ballast);
    // There is room on the pages that are there already, but not for long.
    await expect.poll(() => [...readers.codes], { timeout: 60_000 }).toEqual(['UNAVAILABLE']);
    rmSync(ballast);
    const before = readers.acknowledged.size;
    await expect.poll(() => readers.acknowledged.size, { timeout: 20_000 }).toBeGreaterThan(before + 100);
    await readers.stop();
    await checkBooks(readers, { origin: url, databaseUrl, cwd: await temporaryFolder() });
  });
});

/** A disk of a few megabytes. */
async function smallDisk(): Promise<string> {
  const { path, remove } = await folderOfUser();
  onTestFinished(remove);
  const { uid, gid } = statSync(path);
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${SIZE_MB}m,uid=${uid},gid=${gid}`, 'tmpfs', path]);
  // After the server, which is stopped first.
  onTestFinished(() => void execFileSync('umount', ['-l', path]));
  return path;
}

/** Writes until there is no more room. */
function fill(file: string): void {
  for (const size of [1_048_576, 4_096]) {
    try {
      for (;;) writeFileSync(file, Buffer.alloc(size), { flag: 'a' });
    } catch (error) {
      expect((error as { code?: string }).code).toBe('ENOSPC');
    }
  }
}
