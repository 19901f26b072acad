import { execFile, spawn } from 'node:child_process';
import { chmod, chown, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { onTestFinished } from 'vitest';

const execute = promisify(execFile);
/** Who runs servers that refuse to be run by root. */
const USER = 'postgres';
const isRoot = process.getuid?.() === 0;

/** Servers that tests start for themselves run as an ordinary user. */
function asUser(command: string, args: readonly string[]): [string, string[]] {
  return isRoot ? ['runuser', ['-u', USER, '--', command, ...args]] : [command, [...args]];
}

/** Runs a program to its end. Rejects with what it wrote where it fails. */
export async function runAsUser(command: string, args: readonly string[]): Promise<string> {
  const { stdout } = await execute(...asUser(command, args), { cwd: tmpdir() });
  return stdout;
}

/** Starts a program that goes on until the test is over. */
export function startAsUser(
  command: string,
  args: readonly string[],
): { kill(signal: NodeJS.Signals): void } {
  const child = spawn(...asUser(command, args), { cwd: tmpdir(), stdio: 'ignore' });
  const ended = new Promise<void>((resolve) => {
    child.on('close', () => resolve());
    child.on('error', () => resolve());
  });
  onTestFinished(async () => {
    child.kill('SIGTERM');
    await ended;
  });
  return { kill: (signal) => void child.kill(signal) };
}

/** Makes a folder of that user, which is removed when the test is over. */
export async function folderOfUser(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'oxicount-test-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  if (isRoot) {
    const [uid, gid] = await Promise.all(
      ['-u', '-g'].map(async (of) => (await execute('id', [of, USER])).stdout),
    );
    await chown(folder, Number(uid), Number(gid));
  }
  await chmod(folder, 0o755);
  return folder;
}

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

/** Why a program cannot be used, or null. Where `CI` is set it has to be there. */
export async function absenceOf(program: string, paths: readonly string[]): Promise<string | null> {
  for (const path of paths) {
    try {
      await execute(path, ['--version']);
      return null;
    } catch {
      // The next one may be there.
    }
  }
  const reason = `no ${program} (${paths.join(', ')})`;
  if (process.env['CI']) throw new Error(`CI needs ${program}, and there is ${reason}`);
  return reason;
}
