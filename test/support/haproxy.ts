import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { absenceOf, folderOfUser, freePort, listens, type OwnProgram, startAsUser } from './own-programs.ts';

const PATH = '/usr/sbin/haproxy';

/** Why there is none, or null. */
export function haproxyAbsence(): Promise<string | null> {
  return absenceOf('HAProxy', [PATH], '-v');
}

/** A balancer in front of replicas. */
export interface Haproxy extends OwnProgram {
  readonly url: string;
}

/**
 * Starts one that takes requests to those of the ports in turn whose replica runs.
 * @param options.forwards whether it says whom it asks for
 */
export async function startHaproxy(
  ports: readonly number[],
  { forwards = false }: { readonly forwards?: boolean } = {},
): Promise<Haproxy> {
  const folder = await folderOfUser();
  const port = await freePort();
  const file = join(folder.path, 'haproxy.cfg');
  const servers = ports.map(
    (one) => `  server replica-${one} 127.0.0.1:${one} check inter 500ms fall 1 rise 1`,
  );
  await writeFile(
    file,
    `defaults
  mode http
  timeout connect 1s
  timeout client 60s
  timeout server 60s
  option redispatch
${forwards ? '  option forwardfor\n' : ''}  retries 2
frontend readers
  bind 127.0.0.1:${port}
  default_backend replicas
backend replicas
  balance roundrobin
  option httpchk GET /healthz
${servers.join('\n')}
`,
  );
  const program = await startAsUser(PATH, ['-db', '-f', file]);
  await listens(port);
  return {
    url: `http://127.0.0.1:${port}`,
    async stop() {
      await program.stop();
      await folder.remove();
    },
  };
}
