import { stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { broken, type Check, type Finding, fine, warning } from './finding.ts';

const OTHERS_READ = 0o004;
const OTHERS_WRITE = 0o002;
const OTHERS_ENTER = 0o001;

/** A file that holds secrets. */
export interface SecretFile {
  readonly path: string;
  /** What of it is secret, in words. */
  readonly holds: string;
  /** Its mode; null where it is not there. */
  readonly mode: number | null;
  /** Whether every user of this machine may enter the folders above. */
  readonly reachable: boolean;
}

/** Whether other users of this machine can read or write a file with secrets. */
export function readableCheck(group: string, path: string, holds: string): Check {
  return {
    group,
    name: 'who may read it',
    limitMs: 2_000,
    look: async () =>
      judgeReadable({ path, holds, mode: await modeOf(path), reachable: await isReachable(dirname(path)) }),
  };
}

export function judgeReadable({ path, holds, mode, reachable }: SecretFile): Finding {
  if (mode === null) return fine(`${path} is not there yet`);
  const others = reachable ? mode : 0;
  const shown = (mode & 0o777).toString(8).padStart(3, '0');
  if (others & OTHERS_WRITE) {
    return broken(
      `every user of this machine may change ${path} (mode ${shown})`,
      `Take that away: chmod o-rwx ${path}`,
    );
  }
  if (others & OTHERS_READ) {
    return warning(
      `every user of this machine may read ${path} (mode ${shown}), which holds ${holds}`,
      `Take that away: chmod o-rwx ${path}, or its folder: chmod o-rwx ${dirname(path)}`,
    );
  }
  return fine(`${path} is kept from other users`);
}

async function modeOf(path: string): Promise<number | null> {
  return (await stat(path).catch(() => null))?.mode ?? null;
}

async function isReachable(folder: string): Promise<boolean> {
  const mode = await modeOf(folder);
  if (mode !== null && (mode & OTHERS_ENTER) === 0) return false;
  return dirname(folder) === folder || isReachable(dirname(folder));
}
