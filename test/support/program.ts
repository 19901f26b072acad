import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

const ENTRY = fileURLToPath(new URL('../../server/dist/oxicount.js', import.meta.url));
const LISTENS = /Dashboard\s+(https?:\S+)\//;

/** The program as an operator runs it: a process of its own, in a folder of its own. */
export interface Program {
  /** Where it listens, once it says so. Rejects with its output where it ends before. */
  readonly url: Promise<string>;
  /** Its exit code, or the signal that ended it. */
  readonly exit: Promise<number | NodeJS.Signals>;
  /** What it wrote so far, to both outputs. */
  output(): string;
  /** What of it another program would be given: standard output alone. */
  standardOutput(): string;
  /** Reads its standard output no more, as `head` does. */
  stopReading(): void;
  kill(signal: NodeJS.Signals): void;
  readonly pid: number | undefined;
}

/** Makes a folder that is removed when the test is over. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(`${tmpdir()}/oxicount-test-`);
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

export interface RunOptions {
  readonly env?: NodeJS.ProcessEnv;
  readonly cwd: string;
  /** A program, with arguments, that takes the command to run as further ones. */
  readonly under?: readonly [string, ...string[]];
}

/** Runs a command of the program, which is killed when the test is over. */
export function run(args: readonly string[], options: RunOptions): Program {
  const [program, ...command] = [...(options.under ?? []), process.execPath, ENTRY, ...args];
  const child: ChildProcess = spawn(program as string, command, {
    cwd: options.cwd,
    // Nothing of the environment of the tests but what finds programs.
    env: { PATH: process.env['PATH'], ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  let standardOutput = '';
  const exit = new Promise<number | NodeJS.Signals>((resolve) => {
    child.on('close', (code, signal) => resolve(code ?? signal ?? 'SIGKILL'));
  });
  const url = new Promise<string>((resolve, reject) => {
    const take = (chunk: string) => {
      output += chunk;
      const [, address] = LISTENS.exec(output) ?? [];
      if (address !== undefined) resolve(address);
    };
    child.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
      standardOutput += chunk;
      take(chunk);
    });
    child.stderr?.setEncoding('utf8').on('data', take);
    void exit.then((code) => reject(new Error(`it ended with ${code}: ${output}`)));
  });
  // A test that waits for the end only does not ask for the URL.
  url.catch(() => {});
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await exit;
  });
  return {
    url,
    exit,
    output: () => output,
    standardOutput: () => standardOutput,
    stopReading: () => void child.stdout?.destroy(),
    kill: (signal) => void child.kill(signal),
    pid: child.pid,
  };
}

/** Starts the service on a free port. */
export function serve(env: NodeJS.ProcessEnv, cwd: string): Program {
  return run(['serve'], { cwd, env: { OXICOUNT_SOCKET_ADDRESS: '127.0.0.1:0', ...env } });
}
