import { type Shape, text } from './shape.ts';

/** Where a program listens. */
interface Server {
  readonly host: string;
  readonly port: number;
}

/** Who says to be whom; null where nobody is asked. */
interface Login {
  readonly username: string | null;
  readonly password: string | null;
}

/** A Redis server, or the Sentinels that know which of several is the primary one. */
export interface Redis extends Login {
  readonly encrypted: boolean;
  /** Number of the database. */
  readonly database: number;
  readonly servers:
    | Server
    | { readonly sentinels: readonly Server[]; readonly primary: string; readonly login: Login };
}

const PORT = 6_379;
const SENTINEL_PORT = 26_379;

/**
 * `redis://[[user]:password@]host[:port][/database]`, with `rediss` for TLS; or
 * `redis+sentinel://[[user]:password@]host[:port][,host[:port]...]/primary[/database]`, with `rediss+sentinel` for TLS
 * to all of them, and `?sentinel_password=` and `sentinel_username=` where the Sentinels have a login of their own.
 */
export const redisUrl: Shape<Redis> = text(
  'redis://:password@host:6379/0, rediss:// for TLS, or redis+sentinel://:password@host:26379,host:26379/primary/0 ' +
    '(special characters in user and password percent-encoded)',
  (given) => {
    try {
      return read(given);
    } catch {
      // What cannot be decoded.
      return undefined;
    }
  },
);

const FORM =
  /^redis(?<encrypted>s?)(?<sentinel>\+sentinel)?:\/\/(?:(?<login>[^@/?#\s]*)@)?(?<hosts>[^@/?#\s]+)(?<path>\/[^?#\s]*)?(?:\?(?<query>[^#\s]*))?$/;

function read(given: string): Redis | undefined {
  const { encrypted, sentinel, login, hosts = '', path = '', query = '' } = FORM.exec(given)?.groups ?? {};
  const servers = hosts.split(',').map((host) => serverOf(host, sentinel ? SENTINEL_PORT : PORT));
  const [server, another] = servers;
  if (!server || servers.includes(undefined)) return undefined;
  const names = path.split('/').slice(1).map(decodeURIComponent);
  const primary = sentinel ? names.shift() : undefined;
  const [number = ''] = names;
  if (names.length > 1 || !/^\d{0,4}$/.test(number)) return undefined;
  const common = { ...loginOf(login), encrypted: encrypted === 's', database: Number(number) };
  if (!sentinel) return another || query ? undefined : { ...common, servers: server };

  const {
    sentinel_username = null,
    sentinel_password = null,
    ...others
  } = Object.fromEntries(new URLSearchParams(query));
  if (!primary || Object.keys(others).length > 0) return undefined;
  return {
    ...common,
    servers: {
      sentinels: servers as Server[],
      primary,
      login: { username: sentinel_username, password: sentinel_password },
    },
  };
}

function serverOf(written: string, otherwise: number): Server | undefined {
  const url = `redis://${written}`;
  if (!URL.canParse(url)) return undefined;
  const { hostname, port } = new URL(url);
  if (hostname === '') return undefined;
  return { host: hostname.replace(/^\[|\]$/g, ''), port: Number(port || otherwise) };
}

function loginOf(written = ''): Login {
  const [username = '', ...password] = written.split(':');
  return {
    username: decodeURIComponent(username) || null,
    password: decodeURIComponent(password.join(':')) || null,
  };
}
