import { absenceOf, freePort, listens, type OwnProgram, startAsUser } from './own-programs.ts';

const PATH = '/usr/bin/redis-server';

/** Why there is none, or null. */
export function redisAbsence(): Promise<string | null> {
  return absenceOf('Redis', [PATH]);
}

/** A Redis of its own, which keeps nothing. */
export interface OwnRedis extends OwnProgram {
  readonly url: string;
  restart(): Promise<void>;
}

export async function startRedis(): Promise<OwnRedis> {
  const port = await freePort();
  const start = () => startAsUser(PATH, ['--port', String(port), '--save', '', '--appendonly', 'no']);
  let program = await start();
  await listens(port);
  return {
    url: `redis://127.0.0.1:${port}`,
    async restart() {
      await program.stop();
      program = await start();
      await listens(port);
    },
    stop: () => program.stop(),
  };
}
