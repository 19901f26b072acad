import { statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import { broken, type Check, type Finding, fine, warning } from './finding.ts';

const MB = 1_000_000;
const LITTLE = 1_000 * MB;
const NOTHING = 100 * MB;

/** A file system, as much of it as this user may have. */
export interface Room {
  readonly folder: string;
  readonly freeBytes: number;
  readonly freeFiles: number | null;
}

/** Whether there is room where something grows. */
export function diskCheck(what: string, folder: string): Check {
  return {
    group: 'This machine',
    name: `disk for ${what}`,
    limitMs: 3_000,
    look: async () => judgeDisk(await roomOf(folder)),
  };
}

export function judgeDisk({ folder, freeBytes, freeFiles }: Room): Finding {
  const free = `${formatBytes(freeBytes)} free at ${folder}`;
  const advice =
    'Make room: old back-ups, log files and `.replaced-` databases go first, then `retention_days`. While the disk is full nothing is counted, and nothing that was counted is lost.';
  if (freeBytes < NOTHING) return broken(free, advice);
  if (freeFiles !== null && freeFiles < 100) return broken(`no room for more files at ${folder}`, advice);
  return freeBytes < LITTLE ? warning(free, advice) : fine(free);
}

export function formatBytes(bytes: number): string {
  return bytes >= 1_000 * MB ? `${(bytes / MB / 1_000).toFixed(1)} GB` : `${Math.round(bytes / MB)} MB`;
}

/** Of the folder, or of the one above that it will be made in. */
async function roomOf(folder: string): Promise<Room> {
  try {
    const { bavail, bsize, ffree, files } = await statfs(folder);
    // Some file systems do not count files.
    return { folder, freeBytes: bavail * bsize, freeFiles: files === 0 ? null : ffree };
  } catch (error) {
    if ((error as { code?: unknown }).code !== 'ENOENT' || dirname(folder) === folder) throw error;
    return roomOf(dirname(folder));
  }
}
