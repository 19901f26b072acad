import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { absenceOf, folderOfUser, freePort, listens, startAsUser } from './own-programs.ts';

const NGINX = '/usr/sbin/nginx';
const CADDY = '/usr/bin/caddy';
const HAPROXY = '/usr/sbin/haproxy';
const EXAMPLE = '127.0.0.1:8080';

/** A proxy that runs one of the examples in `server/deploy`, which differs in ports, folders and certificates alone. */
export interface ExampleProxy {
  readonly port: number;
  stop(): Promise<void>;
}

export const proxyAbsence = {
  nginx: () => absenceOf('nginx', [NGINX], '-v'),
  caddy: () => absenceOf('Caddy', [CADDY], 'version'),
  haproxy: () => absenceOf('HAProxy', [HAPROXY], '-v'),
};

/** An example as it is in the repository. */
export function example(name: string): string {
  return readFileSync(fileURLToPath(new URL(`../../server/deploy/${name}`, import.meta.url)), 'utf8');
}

/** Starts nginx with the example for a host, over HTTPS. */
export function startNginx(service: number): Promise<ExampleProxy> {
  return startNginxWith(service, (server) => server);
}

/** Starts nginx with the example for a path, in a server without HTTPS. */
export function startNginxBelowPath(service: number, options: { keepsPath: boolean }): Promise<ExampleProxy> {
  return startNginxWith(service, (server, port) => {
    const outside = server.slice(0, server.indexOf('server {'));
    const locations = options.keepsPath
      ? example('nginx-sub-path.conf')
      : replaced(example('nginx-sub-path.conf'), [
          'location /stats/ {',
          'location /stats/ {\n rewrite ^/stats(/.*)$ $1 break;',
        ]);
    return `${outside}\nserver { listen 127.0.0.1:${port};\n${locations}\n}`;
  });
}

async function startNginxWith(
  service: number,
  change: (server: string, port: number) => string,
): Promise<ExampleProxy> {
  const { folder, port, certificate, key } = await prepare();
  await mkdir(join(folder.path, 'temporary'));
  const proxyConf = join(folder.path, 'oxicount-proxy.conf');
  await writeFile(proxyConf, example('nginx-proxy.conf'));
  const unused = await freePort();
  const server = replaced(
    change(example('nginx.conf'), port),
    [EXAMPLE, `127.0.0.1:${service}`],
    [/listen \[::\].*\n/g, ''],
    ['listen 80;', `listen 127.0.0.1:${unused};`],
    ['listen 443 ', `listen 127.0.0.1:${port} `],
    [/\S+fullchain.pem/, certificate],
    [/\S+privkey.pem/, key],
    [/\/etc\/nginx\/oxicount-proxy.conf/g, proxyConf],
  );
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (kind) => `${kind}_temp_path temporary;`,
  );
  const file = join(folder.path, 'nginx.conf');
  await writeFile(
    file,
    `pid nginx.pid; error_log nginx.log; daemon off; events {} http { access_log off; ${temporary.join(' ')}\n${server}\n}`,
  );
  const args = ['-p', folder.path, '-c', file, '-e', join(folder.path, 'nginx.log')];
  await own(folder.path);
  return started(NGINX, args, { port, folder });
}

/** Starts Caddy with the example for a host, over HTTPS. */
export async function startCaddy(service: number): Promise<ExampleProxy> {
  const { folder, port, certificate, key } = await prepare();
  const file = join(folder.path, 'Caddyfile');
  const caddyfile = replaced(
    example('Caddyfile'),
    [EXAMPLE, `127.0.0.1:${service}`],
    [
      /^count\.example \{/m,
      `{\n admin off\n auto_https off\n storage file_system ${folder.path}/storage\n}\nhttps://count.example:${port} {\n bind 127.0.0.1\n tls ${certificate} ${key}`,
    ],
  );
  await writeFile(file, caddyfile);
  await own(folder.path);
  return started(CADDY, ['run', '--config', file, '--adapter', 'caddyfile'], { port, folder });
}

/** Starts HAProxy with the example for replicas, of which one is there. */
export async function startExampleHaproxy(service: number): Promise<ExampleProxy> {
  const { folder, port, pem } = await prepare();
  const file = join(folder.path, 'haproxy.cfg');
  await writeFile(
    file,
    replaced(
      example('haproxy.cfg'),
      ['bind :443', `bind 127.0.0.1:${port}`],
      [/\S+count.example.pem/, pem],
      ['10.0.0.11:8080', `127.0.0.1:${service}`],
      ['10.0.0.12:8080', `127.0.0.1:${await freePort()}`],
    ),
  );
  await own(folder.path);
  return started(HAPROXY, ['-db', '-f', file], { port, folder });
}

type Folder = Awaited<ReturnType<typeof folderOfUser>>;

async function started(
  program: string,
  args: readonly string[],
  { port, folder }: { readonly port: number; readonly folder: Folder },
): Promise<ExampleProxy> {
  const running = await startAsUser(program, args);
  await listens(port);
  return {
    port,
    async stop() {
      await running.stop();
      await folder.remove();
    },
  };
}

/** A folder with a certificate that it signed itself, for `count.example`. */
async function prepare() {
  const folder = await folderOfUser();
  const [certificate, key, pem] = ['certificate.pem', 'key.pem', 'both.pem'].map((name) =>
    join(folder.path, name),
  ) as [string, string, string];
  await promisify(execFile)('openssl', [
    ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '1'],
    ...['-subj', '/CN=count.example', '-addext', 'subjectAltName=DNS:count.example'],
    ...['-keyout', key, '-out', certificate],
  ]);
  await writeFile(pem, readFileSync(certificate, 'utf8') + readFileSync(key, 'utf8'));
  return { folder, port: await freePort(), certificate, key, pem };
}

/** Gives what was written there to the user who runs the servers of tests. */
async function own(folder: string): Promise<void> {
  await promisify(execFile)('chown', ['--recursive', `--reference=${folder}`, folder]);
}

function replaced(text: string, ...changes: readonly (readonly [string | RegExp, string])[]): string {
  return changes.reduce((changed, [from, to]) => changed.replace(from, () => to), text);
}
