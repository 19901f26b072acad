import { createRedisConnections, type RedisAddress } from '../redis/connections.ts';
import { explain } from './explain.ts';
import { broken, type Check, type Finding, fine, warning } from './finding.ts';

const LEAST = 5;
const SLOW_MS = 20;
const PINGS = 5;

/** What a Redis says of itself. */
export interface RedisServer {
  /** Such as 7.0.15. */
  readonly version: string;
  /** Bytes that it may take; 0 for no bound. */
  readonly maxMemory: number;
  readonly policy: string;
  /** The fastest of several questions, in milliseconds: this machine may be slow, too. */
  readonly answersMs: number;
  readonly role: string;
  /** Processes of this instance that listen to each other; null where the instance is not known. */
  readonly replicas: number | null;
  /** Whether the service is known to run. */
  readonly running: boolean;
}

/** Whether Redis is there, and how many replicas are. */
export function redisCheck(
  address: RedisAddress,
  world: { readonly instance: () => Promise<string | null>; readonly running: () => Promise<boolean | null> },
): Check {
  return {
    group: 'Redis',
    name: 'sentinels' in address.servers ? 'Sentinel and Redis' : 'Redis',
    limitMs: 8_000,
    look: (signal) => look(address, world, signal),
  };
}

async function look(
  address: RedisAddress,
  world: Parameters<typeof redisCheck>[1],
  signal: AbortSignal,
): Promise<readonly Finding[]> {
  const connections = createRedisConnections(address);
  const { commands } = connections;
  signal.addEventListener('abort', () => connections.close());
  try {
    try {
      await commands.connect();
    } catch (error) {
      return [broken(...explainAway(connections.failure() ?? error))];
    }
    const info = await commands.info();
    const entry = (name: string) => new RegExp(`^${name}:(.*)$`, 'm').exec(info)?.[1]?.trim() ?? '';
    const took: number[] = [];
    for (let turn = 0; turn < PINGS; turn += 1) {
      const began = performance.now();
      await commands.ping();
      took.push(performance.now() - began);
    }
    const instance = await world.instance();
    const listeners =
      instance === null ? null : await commands.pubsub('NUMSUB', `oxicount:${address.database}:${instance}`);
    return judgeRedis({
      version: entry('redis_version'),
      maxMemory: Number(entry('maxmemory')),
      policy: entry('maxmemory_policy'),
      answersMs: Math.min(...took),
      role: entry('role'),
      replicas: listeners === null ? null : Number(listeners[1] ?? 0),
      running: (await world.running()) === true,
    });
  } finally {
    connections.close();
  }
}

/** Why there is no connection: Redis says its own reasons at the beginning of the message. */
function explainAway(error: unknown): [says: string, advice: string] {
  const message = error instanceof Error ? error.message : String(error);
  const [, code] = /^(WRONGPASS|NOAUTH)/.exec(message) ?? [];
  const [says, advice] = explain(code === undefined ? error : { code });
  return [
    says,
    `${advice} Without Redis every replica serves on, live figures reach only who is connected to the replica that counted, and \`limits.\` hold nobody back.`,
  ];
}

export function judgeRedis(server: RedisServer): readonly Finding[] {
  const { version, policy, replicas } = server;
  const found: Finding[] = [];
  if (Number.parseInt(version, 10) < LEAST) {
    found.push(broken(`version ${version} is too old`, `Upgrade it to ${LEAST} or later, or to Valkey.`));
  }
  if (server.role === 'slave') {
    found.push(
      broken(
        'it is a replica, which takes no writes',
        'Point OXICOUNT_REDIS_URL to the primary, or to its Sentinels, which know it.',
      ),
    );
  }
  if (server.maxMemory > 0 && policy === 'noeviction') {
    found.push(
      warning(
        'maxmemory-policy is noeviction: once memory is full, `limits.` hold nobody back',
        'What oxicount keeps there is worth a minute: set maxmemory-policy to volatile-ttl, or allkeys-lru where nothing else is in it.',
      ),
    );
  }
  if (server.answersMs > SLOW_MS) {
    found.push(
      warning(
        `it takes ${server.answersMs.toFixed(0)} ms to answer`,
        'Every request waits for its limit. Have Redis in the same network, and look for slow commands of others (SLOWLOG GET).',
      ),
    );
  }
  if (server.running && replicas === 0) {
    found.push(
      warning(
        'the service runs here, and no replica of it listens there',
        'It was started with another redis_url or another database number, or lost the connection. Look into its log, and start it again.',
      ),
    );
  }
  if (found.length > 0) return found;
  const seen =
    replicas === null ? '' : `, ${replicas === 1 ? 'one process' : `${replicas} processes`} of this instance`;
  return [fine(`version ${version}, answers within ${server.answersMs.toFixed(1)} ms${seen}`)];
}
