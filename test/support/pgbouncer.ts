import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { absenceOf, folderOfUser, freePort, listens, type OwnProgram, startAsUser } from './own-programs.ts';

const PATHS = ['/usr/sbin/pgbouncer', 'pgbouncer'];
/** Fewer than the program has of its own: what it keeps on one would be somebody else's soon. */
const SERVER_CONNECTIONS = 3;

/** Why there is none, or null. */
export function pgbouncerAbsence(): Promise<string | null> {
  return absenceOf('pgbouncer', PATHS);
}

/** A pgbouncer in transaction mode, without any setting that makes it take more than it does by itself. */
export interface Pgbouncer extends OwnProgram {
  readonly port: number;
}

/** @param target the server behind it */
export async function startPgbouncer(target: URL): Promise<Pgbouncer> {
  const folder = await folderOfUser();
  const port = await freePort();
  const file = join(folder.path, 'pgbouncer.ini');
  await writeFile(
    file,
    `[databases]
* = host=${target.hostname} port=${target.port || 5432} user=${target.username} ${target.password && `password=${target.password}`}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${port}
unix_socket_dir =
auth_type = any
pool_mode = transaction
default_pool_size = ${SERVER_CONNECTIONS}
max_client_conn = 200
`,
  );
  const program = await startAsUser(PATHS[0] ?? '', ['-q', file]);
  await listens(port);
  return {
    port,
    async stop() {
      await program.stop();
      await folder.remove();
    },
  };
}
