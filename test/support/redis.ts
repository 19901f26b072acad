import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { Redis } from 'ioredis';
import { onTestFinished } from 'vitest';
import { temporaryFolder } from './program.ts';

/** The server that tests may use, beside those that they start. */
export const redisUrl = process.env['TEST_REDIS_URL'] ?? 'redis://127.0.0.1:6379/9';

const PROGRAM = process.env['TEST_REDIS_SERVER'] ?? '/usr/bin/redis-server';

/** Why Redis cannot be used, or null. Where `CI` is set it has to be there. */
export async function redisAbsence(): Promise<string | null> {
  const client = new Redis(redisUrl, { lazyConnect: true, retryStrategy: () => null });
  // The reason is that of the command.
  client.on('error', () => {});
  try {
    await client.connect();
    await client.ping();
    if (existsSync(PROGRAM)) return null;
    return absent(`no program ${PROGRAM}`);
  } catch (error) {
    return absent(`no Redis at ${redisUrl} (${(error as Error).message})`, error);
  } finally {
    client.disconnect();
  }
}

function absent(reason: string, cause?: unknown): string {
  if (process.env['CI']) throw new Error(`CI needs Redis, and there is ${reason}`, { cause });
  return reason;
}

/** A Redis of one test, which can be killed and comes back at the same address without what it knew. */
export interface OwnRedis {
  readonly port: number;
  readonly url: string;
  kill(): Promise<void>;
  start(): Promise<void>;
  /** Keeps its connections open, and answers nothing until it is woken. */
  freeze(): void;
  wake(): void;
}

/** Starts a Redis, which is ended when the test is over. */
export async function startRedis(): Promise<OwnRedis> {
  const port = await freePort();
  const cwd = await temporaryFolder();
  const { start, kill, signal } = runRedis(['--port', `${port}`, '--save', '', '--bind', '127.0.0.1'], cwd);
  await start();
  return {
    port,
    url: `redis://127.0.0.1:${port}`,
    start,
    kill,
    freeze: () => signal('SIGSTOP'),
    wake: () => signal('SIGCONT'),
  };
}

/** Redis with arguments, among them `--port`, and `--sentinel` where it is one. It is ended when the test is over. */
export function runRedis(args: readonly string[], cwd: string) {
  let running: { readonly child: ChildProcess; readonly ended: Promise<unknown> } | undefined;
  const kill = async () => {
    running?.child.kill('SIGKILL');
    await running?.ended;
  };
  onTestFinished(kill);
  return {
    /** @param password what it is started with */
    async start(password?: string) {
      const child = spawn(PROGRAM, args, { cwd, stdio: 'ignore' });
      running = { child, ended: new Promise((resolve) => child.once('close', resolve)) };
      const at = args.indexOf('--port');
      await answering(Number(args[at + 1]), password);
    },
    kill,
    signal: (name: NodeJS.Signals) => void running?.child.kill(name),
  };
}

async function answering(port: number, password: string | undefined): Promise<void> {
  const patience = { retryStrategy: () => 50, maxRetriesPerRequest: 200, enableReadyCheck: false };
  const client = new Redis(port, '127.0.0.1', { ...patience, ...(password !== undefined && { password }) });
  client.on('error', () => {});
  await client.ping();
  client.disconnect();
}

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
