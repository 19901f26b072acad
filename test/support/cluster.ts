import { existsSync, readdirSync } from 'node:fs';
import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { absenceOf, folderOfUser, freePort, runAsUser } from './own-programs.ts';

const INSTALLED = '/usr/lib/postgresql';

/** A PostgreSQL server of its own, which a test may stop, kill and promote. */
export interface Cluster {
  readonly port: number;
  /** As `OXICOUNT_DATABASE_URL` takes it. */
  readonly url: string;
  /** Where it keeps what it has. */
  readonly data: string;
  start(): Promise<void>;
  /** @param how `immediate` is what a lost machine looks like */
  stop(how: 'fast' | 'immediate'): Promise<void>;
  /** Makes a standby the primary. */
  promote(): Promise<void>;
}

function binaries(): string {
  const [newest] = existsSync(INSTALLED)
    ? readdirSync(INSTALLED).sort((one, other) => Number(other) - Number(one))
    : [];
  return join(INSTALLED, newest ?? '', 'bin');
}

/** Why there can be no server, or null. */
export function clusterAbsence(): Promise<string | null> {
  return absenceOf("PostgreSQL's initdb", [join(binaries(), 'initdb')]);
}

/** Starts a server with nothing in it, which is stopped and removed when the test is over. */
export async function startCluster(settings: Readonly<Record<string, string>> = {}): Promise<Cluster> {
  const data = join(await folder(), 'data');
  await runAsUser(join(binaries(), 'initdb'), ['-D', data, '-U', 'postgres', '--auth=trust', '--no-sync']);
  return started(data, settings);
}

/** Starts a standby of a server, under a name that the server can wait for. */
export async function startStandby(primary: Cluster, name: string): Promise<Cluster> {
  const data = join(await folder(), 'data');
  const from = `host=127.0.0.1 port=${primary.port} user=postgres application_name=${name}`;
  await runAsUser(join(binaries(), 'pg_basebackup'), ['-D', data, '-R', '-c', 'fast', '-d', from]);
  return started(data, {});
}

async function folder(): Promise<string> {
  const { path, remove } = await folderOfUser();
  onTestFinished(remove);
  return path;
}

async function started(data: string, settings: Readonly<Record<string, string>>): Promise<Cluster> {
  const port = await freePort();
  const all = {
    port: String(port),
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    ...settings,
  };
  const lines = Object.entries(all).map(([name, value]) => `${name} = '${value}'\n`);
  await appendFile(join(data, 'postgresql.conf'), lines.join(''));
  const control = (...args: string[]) =>
    runAsUser(join(binaries(), 'pg_ctl'), ['-D', data, '-w', '-s', '-l', `${data}.log`, ...args]);
  const start = async () => void (await control('start'));
  onTestFinished(async () => {
    await control('stop', '-m', 'immediate').catch(() => {});
  });
  await start();
  return {
    port,
    url: `postgresql://postgres@127.0.0.1:${port}/postgres`,
    data,
    start,
    stop: async (how) => void (await control('stop', '-m', how)),
    promote: async () => void (await control('promote')),
  };
}
