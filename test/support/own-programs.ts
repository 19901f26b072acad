import { execFile, spawn } from 'node:child_process';
import { chmod, chown, mkdtemp, rm } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { promisify } from 'node:util';

const execute = promisify(execFile);

/** Who runs the servers that tests start: some refuse to be run by root. */
async function user(): Promise<{ uid: number; gid: number } | object> {
  if (process.getuid?.() !== 0) return {};
  const [uid, gid] = await Promise.all(
    ['-u', '-g'].map(async (of) => Number((await execute('id', [of, 'postgres'])).stdout)),
  );
  return { uid, gid };
}

/** Runs a program to its end. Rejects with what it wrote where it fails. */
export async function runAsUser(command: string, args: readonly string[]): Promise<string> {
  return (await execute(command, args, { cwd: tmpdir(), ...(await user()) })).stdout;
}

/** A server that a test started. */
export interface OwnProgram {
  stop(): Promise<void>;
}

/** Starts a program that goes on until it is stopped. */
export async function startAsUser(command: string, args: readonly string[]): Promise<OwnProgram> {
  const child = spawn(command, args, { cwd: tmpdir(), stdio: 'ignore', ...(await user()) });
  const ended = new Promise<void>((resolve) => {
    child.on('close', () => resolve()).on('error', () => resolve());
  });
  return {
    async stop() {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

/** Makes a folder that belongs to that user. */
export async function folderOfUser(): Promise<{ path: string; remove(): Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), 'oxicount-test-'));
  const owner = await user();
  if ('uid' in owner) await chown(path, owner.uid, owner.gid);
  await chmod(path, 0o755);
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}

/** Resolves once something listens there. */
export async function listens(port: number): Promise<void> {
  for (let attempts = 1; ; attempts += 1) {
    const socket = connect({ host: '127.0.0.1', port });
    const open = await new Promise<boolean>((resolve) => {
      socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    });
    socket.destroy();
    if (open) return;
    if (attempts === 100) throw new Error(`nothing listens on port ${port}`);
    await setTimeout(50);
  }
}

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

/**
 * Why a program cannot be used, or null. Where `CI` is set it has to be there.
 * @param argument what it is asked with to see whether it runs
 */
export async function absenceOf(
  program: string,
  paths: readonly string[],
  argument = '--version',
): Promise<string | null> {
  for (const path of paths) {
    try {
      await execute(path, [argument]);
      return null;
    } catch {
      // The next one may be there.
    }
  }
  const reason = `no ${program} (${paths.join(', ')})`;
  if (process.env['CI']) throw new Error(`CI needs ${program}, and there is ${reason}`);
  return reason;
}
