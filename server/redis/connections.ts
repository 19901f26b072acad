import { Redis, type RedisOptions } from 'ioredis';

/** A Redis server, or the Sentinels that know which of several is the primary one. */
export interface RedisAddress extends RedisLogin {
  readonly encrypted: boolean;
  /** Number of the database. */
  readonly database: number;
  readonly servers:
    | RedisServer
    | { readonly sentinels: readonly RedisServer[]; readonly primary: string; readonly login: RedisLogin };
}

interface RedisServer {
  readonly host: string;
  readonly port: number;
}

interface RedisLogin {
  readonly username: string | null;
  readonly password: string | null;
}

/** What a process has open to Redis. Both come back by themselves, after pauses that grow to five seconds. */
export interface RedisConnections {
  /** Refuses at once what cannot be sent now. */
  readonly commands: Redis;
  /** Hears channels, and has to be told which on each `ready`. */
  readonly subscriber: Redis;
  /** What they were told last of why there is no connection. */
  failure(): unknown;
  /** Connects, and goes on trying. */
  open(): void;
  close(): void;
}

// Its type does not allow for what it is in the options of a client.
type Options = Omit<RedisOptions, 'replyMapping'>;

// Longer than anything takes here, and short enough to notice a server that is gone without a word.
const CONNECT_TIMEOUT_MS = 3_000;
const SILENCE_MS = 2_000;

export function createRedisConnections(address: RedisAddress): RedisConnections {
  const options = optionsOf(address);
  const commands = new Redis(options);
  const subscriber = new Redis(options);
  let failure: unknown;
  for (const connection of [commands, subscriber]) {
    connection.on('error', (error) => {
      failure = error;
    });
  }
  return {
    commands,
    subscriber,
    failure: () => failure,
    open() {
      // What fails is tried again.
      for (const connection of [commands, subscriber]) connection.connect().catch(() => {});
    },
    close() {
      for (const connection of [commands, subscriber]) connection.disconnect();
    },
  };
}

function optionsOf({ username, password, encrypted, database, servers }: RedisAddress): Options {
  return {
    ...loginOf({ username, password }),
    ...('sentinels' in servers
      ? {
          sentinels: [...servers.sentinels],
          name: servers.primary,
          sentinelCommandTimeout: SILENCE_MS,
          ...(servers.login.username !== null && { sentinelUsername: servers.login.username }),
          ...(servers.login.password !== null && { sentinelPassword: servers.login.password }),
          ...(encrypted && { enableTLSForSentinelMode: true, sentinelTLS: {} }),
        }
      : servers),
    ...(encrypted && { tls: {} }),
    db: database,
    connectionName: 'oxicount',
    connectTimeout: CONNECT_TIMEOUT_MS,
    socketTimeout: SILENCE_MS,
    lazyConnect: true,
    enableOfflineQueue: false,
    // Nobody waits for an answer that was lost with its connection.
    maxRetriesPerRequest: 0,
    autoResendUnfulfilledCommands: false,
    autoResubscribe: false,
    // A server that was demoted. Sentinels end the connections to it, which may be a moment later.
    reconnectOnError: ({ message }) => message.startsWith('READONLY'),
  };
}

function loginOf({ username, password }: RedisLogin): Options {
  return { ...(username !== null && { username }), ...(password !== null && { password }) };
}
