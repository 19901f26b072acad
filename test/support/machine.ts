import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** A machine to throw away: all that is on this one, but what is changed there is in memory, and gone with it. */
export interface Machine {
  /** Where its files are, seen from here. */
  readonly root: string;
  /** A program, with arguments, that runs another one there. */
  readonly under: readonly string[];
}

/** Why there can be none, or null. */
export function machineAbsence(): string | null {
  const { folder, works } = mounted();
  unmount(folder);
  if (works) return null;
  const reason = 'no file system can be laid over another by this user';
  if (process.env['CI']) throw new Error(`CI needs a machine to throw away, and ${reason}`);
  return reason;
}

/** Makes one that goes when the test is over. */
export function createMachine(): Machine {
  const { folder, works } = mounted();
  onTestFinished(() => unmount(folder));
  if (!works) throw new Error('there can be no machine');
  const root = join(folder, 'root');
  return { root, under: ['chroot', root] };
}

function mounted(): { folder: string; works: boolean } {
  const folder = mkdtempSync(join(tmpdir(), 'oxicount-machine-'));
  const script = `mount -t tmpfs tmpfs ${folder} && cd ${folder} && mkdir upper work root &&
    mount -t overlay overlay -o lowerdir=/,upperdir=upper,workdir=work root &&
    mount --bind /dev root/dev && mount -t proc proc root/proc`;
  return { folder, works: spawnSync('sh', ['-c', script]).status === 0 };
}

function unmount(folder: string): void {
  for (const inner of ['root/proc', 'root/dev', 'root', '']) {
    spawnSync('umount', ['--lazy', join(folder, inner)]);
  }
  rmSync(folder, { recursive: true, force: true });
}
