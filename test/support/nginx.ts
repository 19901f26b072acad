import { copyFile, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { absenceOf, folderOfUser, freePort, listens, type OwnProgram, startAsUser } from './own-programs.ts';

const PATH = '/usr/sbin/nginx';
const DEPLOY = new URL('../../server/deploy/', import.meta.url);

/** Why there is none, or null. */
export function nginxAbsence(): Promise<string | null> {
  return absenceOf('nginx', [PATH], '-v');
}

/** A balancer in front of replicas. */
export interface Nginx extends OwnProgram {
  readonly url: string;
}

/**
 * Starts one that takes requests to the ports in turn, with the configuration that operators are given: but for its
 * ports, and for certificates, which nobody has for this machine.
 */
export async function startNginx(ports: readonly number[]): Promise<Nginx> {
  const folder = await folderOfUser();
  const port = await freePort();
  const proxy = join(folder.path, 'oxicount-proxy.conf');
  await copyFile(new URL('nginx-proxy.conf', DEPLOY), proxy);
  const given = await readFile(new URL('nginx.conf', DEPLOY), 'utf8');
  const [upstream = '', , encrypted = ''] = given.split(/^(?=server \{)/m);
  const servers = ports.map((one) => `server 127.0.0.1:${one};`).join('\n  ');
  const site = `${upstream.replace(/server 127\.0\.0\.1:8080;/, servers)}${encrypted
    .replace(/^ {2}(?:listen|ssl_\w+) .*$/gm, '')
    .replace('server {', `server {\n  listen 127.0.0.1:${port};`)
    .replaceAll('/etc/nginx/oxicount-proxy.conf', proxy)}`;
  const file = join(folder.path, 'nginx.conf');
  const places = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
  await writeFile(
    file,
    `pid ${folder.path}/nginx.pid;
error_log ${folder.path}/error.log;
events { worker_connections 1024; }
http {
${places.map((name) => `${name}_temp_path ${folder.path}/${name};`).join('\n')}
${site}
}
`,
  );
  const program = await startAsUser(PATH, [
    '-e',
    `${folder.path}/error.log`,
    '-c',
    file,
    '-g',
    'daemon off;',
  ]);
  await listens(port);
  return {
    url: `http://127.0.0.1:${port}`,
    async stop() {
      await program.stop();
      await folder.remove();
    },
  };
}
