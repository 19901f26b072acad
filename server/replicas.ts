import { createInProcessBudgets } from './budgets/in-process.ts';
import { createRedisBudgets } from './budgets/redis.ts';
import { createWorkersBudgets } from './budgets/workers.ts';
import type { Budgets, EventBus } from './domain/ports.ts';
import { createInProcessBus } from './events/in-process.ts';
import { type BusObserver, NO_OBSERVER } from './events/observer.ts';
import { createRedisBus } from './events/redis.ts';
import { createWorkersBus } from './events/workers.ts';
import type { Log } from './log.ts';
import { createRedisConnections, type RedisAddress } from './redis/connections.ts';
import type { PrimaryLink } from './workers/worker.ts';

/** What replicas may be given besides Redis. */
export interface ReplicasOptions {
  /** What connects the workers of one machine; undefined where this process is none. */
  readonly link?: PrimaryLink | undefined;
  readonly observer?: BusObserver;
}

/** What the processes of an instance share. */
export interface Replicas {
  readonly events: EventBus;
  readonly budgets: Budgets;
  /** Joins the other processes of the instance. Never fails: where Redis is away, they are joined later. */
  join(instance: string): Promise<void>;
  leave(): Promise<void>;
}

/**
 * Over Redis where there is one, which reaches the workers of this machine and of others; else over the primary of the
 * workers; else within the one process that there is.
 * @param redis null where there is none
 */
export function createReplicas(
  redis: RedisAddress | null,
  log: Log,
  { link, observer = NO_OBSERVER }: ReplicasOptions = {},
): Replicas {
  const local = createInProcessBus((err) => log.error({ err }, 'a subscription failed'));
  if (redis !== null) {
    const connections = createRedisConnections(redis);
    const events = createRedisBus({ connections, database: redis.database, local, log, observer });
    return {
      events,
      budgets: createRedisBudgets(connections.commands),
      join: events.join,
      async leave() {
        await events.leave();
        connections.close();
      },
    };
  }
  const here = { join: async () => {}, leave: async () => {} };
  if (!link) return { events: local, budgets: createInProcessBudgets(), ...here };
  return {
    events: createWorkersBus(link.told, local, observer),
    budgets: createWorkersBudgets(link.askForBudgets),
    ...here,
  };
}
