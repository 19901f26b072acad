import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmdirSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, onTestFinished, test } from 'vitest';

/** A file system of its own, in memory. */
export interface SmallDisk {
  readonly folder: string;
  /** Takes all the room there is left. */
  fill(): Promise<void>;
  /** Gives it back. */
  makeRoom(): Promise<void>;
  /** Lets nobody write any more, or again. */
  writable(may: boolean): void;
}

const ABSENCE = 'no file system can be mounted by this user';

/** Describes what needs a disk that can be full; says why where none can be had. */
export function describeOnSmallDisk(name: string, body: () => void): void {
  const folder = mkdtempSync(join(tmpdir(), 'oxicount-mount-'));
  const can = mount('-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', folder);
  if (can) unmount(folder);
  rmdirSync(folder);
  if (!can && process.env['CI']) throw new Error(`CI needs a small disk, and ${ABSENCE}`);
  if (can) describe(name, body);
  else describe(name, () => test.skip(`skipped: ${ABSENCE}`, () => {}));
}

/** Makes one that goes when the test is over. @param size as tmpfs takes it, such as `4m` */
export function smallDisk(size: string): SmallDisk {
  const folder = mkdtempSync(join(tmpdir(), 'oxicount-disk-'));
  if (!mount('-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', folder)) throw new Error(ABSENCE);
  onTestFinished(() => {
    unmount(folder);
    rmdirSync(folder);
  });
  const filler = join(folder, 'filler');
  return {
    folder,
    async fill() {
      // Ever smaller pieces, down to the last page.
      for (let bytes = 1 << 20; bytes >= 4_096; bytes /= 2) {
        while (await writeFile(filler, Buffer.alloc(bytes), { flag: 'a' }).then(() => true, isFull));
      }
    },
    makeRoom: () => rm(filler),
    writable(may) {
      if (!mount('-o', `remount,${may ? 'rw' : 'ro'}`, folder)) throw new Error('it cannot be mounted anew');
    },
  };
}

function isFull(error: NodeJS.ErrnoException): false {
  if (error.code !== 'ENOSPC') throw error;
  return false;
}

function mount(...args: string[]): boolean {
  return succeeds('mount', args);
}

/** Also while files are open there. */
function unmount(folder: string): void {
  succeeds('umount', ['--lazy', folder]);
}

function succeeds(command: string, args: readonly string[]): boolean {
  return spawnSync(command, args).status === 0;
}
