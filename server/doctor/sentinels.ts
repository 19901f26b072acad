import { Redis } from 'ioredis';
import type { RedisAddress } from '../redis/connections.ts';
import { explain } from './explain.ts';
import { broken, type Check, type Finding, fine, warning } from './finding.ts';

type Sentinels = Extract<RedisAddress['servers'], { readonly sentinels: unknown }>;

/** What a Sentinel says: the refusal of a failover; null where it could fail over. */
export interface SentinelSays {
  readonly name: string;
  readonly refusal: string | null;
}

/** Whether enough Sentinels are there to name another primary when this one is gone. */
export function sentinelsCheck({ encrypted }: RedisAddress, servers: Sentinels): Check {
  return {
    group: 'Redis',
    name: 'failover',
    limitMs: 8_000,
    look: async () =>
      judgeSentinels(await Promise.all(servers.sentinels.map((one) => askSentinel(one, servers, encrypted)))),
  };
}

async function askSentinel(
  { host, port }: { readonly host: string; readonly port: number },
  { primary, login }: Sentinels,
  encrypted: boolean,
): Promise<SentinelSays> {
  const name = `${host}:${port}`;
  const client = new Redis({
    host,
    port,
    ...(login.username !== null && { username: login.username }),
    ...(login.password !== null && { password: login.password }),
    ...(encrypted && { tls: {} }),
    lazyConnect: true,
    connectTimeout: 3_000,
    retryStrategy: () => null,
  });
  let failure: unknown;
  client.on('error', (error) => {
    failure = error;
  });
  try {
    await client.connect();
    await client.call('SENTINEL', 'CKQUORUM', primary);
    return { name, refusal: null };
  } catch (error) {
    return { name, refusal: explain(failure ?? error)[0] };
  } finally {
    client.disconnect();
  }
}

export function judgeSentinels(said: readonly SentinelSays[]): Finding {
  const refusing = said.filter(({ refusal }) => refusal !== null);
  const [first] = refusing;
  if (!first) {
    return said.length < 3
      ? warning(
          `${said.length === 1 ? 'one Sentinel' : `${said.length} Sentinels`} only`,
          'Three or more on machines of their own can agree on who is gone; name all of them in OXICOUNT_REDIS_URL.',
        )
      : fine(`${said.length} Sentinels can name another primary`);
  }
  const says = refusing.map(({ name, refusal }) => `${name}: ${refusal}`).join('; ');
  const advice =
    'Each Sentinel has to be reached from here and from the others, know the primary by the name in OXICOUNT_REDIS_URL, and have the same quorum (SENTINEL CKQUORUM NAME).';
  return (refusing.length === said.length ? broken : warning)(says, advice);
}
