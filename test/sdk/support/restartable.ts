import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { onTestFinished } from 'vitest';
import { sqlite } from '../../support/databases.ts';
import { serve, temporaryFolder } from '../../support/program.ts';
import { startTrackedSite } from '../../support/tracked-site.ts';

/** A service in a process of its own, which can be killed and comes back at the same address. */
export interface Restartable {
  readonly url: string;
  /** Resolves once it listens. */
  start(): Promise<void>;
  /** Resolves once it is gone. */
  kill(signal: NodeJS.Signals): Promise<void>;
  /** Registers and counts a visit by plain requests. */
  visit(path: string): Promise<void>;
}

/** Prepares a service with one site, whose visits count without delay. It is not started yet. */
export async function prepareService(): Promise<Restartable> {
  const database = await sqlite.create();
  const site = await startTrackedSite(['/', '/a', '/b', '/c']);
  onTestFinished(async () => {
    await site.close();
    await database.remove();
  });
  const cwd = await temporaryFolder();
  const address = `127.0.0.1:${await freePort()}`;
  const env = {
    OXICOUNT_SOCKET_ADDRESS: address,
    OXICOUNT_DATABASE_URL: database.url,
    OXICOUNT_TRACKED_ORIGIN: site.url,
    OXICOUNT_MIN_DELAY_SECS: '0',
  };
  const url = `http://${address}`;
  let program: ReturnType<typeof serve> | undefined;
  return {
    url,
    async start() {
      program = serve(env, cwd);
      await program.url;
    },
    async kill(signal) {
      program?.kill(signal);
      await program?.exit;
    },
    async visit(path) {
      const id = await (await fetch(`${url}/register?path=${path}`)).json();
      const { status } = await fetch(`${url}/post-sleep/${id}`);
      if (status !== 200) throw new Error(`post-sleep ${path}: ${status}`);
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
