import { createInProcessBudgets } from './budgets/in-process.ts';
import { createRedisBudgets } from './budgets/redis.ts';
import type { Budgets, EventBus } from './domain/ports.ts';
import { createInProcessBus } from './events/in-process.ts';
import { createRedisBus } from './events/redis.ts';
import type { Log } from './log.ts';
import { createRedisConnections, type RedisAddress } from './redis/connections.ts';

/** What the replicas of an instance share: over Redis, or within the one process that there is. */
export interface Replicas {
  readonly events: EventBus;
  readonly budgets: Budgets;
  /** Joins the other replicas of the instance. Never fails: where Redis is away, they are joined later. */
  join(instance: string): Promise<void>;
  leave(): Promise<void>;
}

/** @param redis null where there is one process only */
export function createReplicas(redis: RedisAddress | null, log: Log): Replicas {
  const local = createInProcessBus((err) => log.error({ err }, 'a subscription failed'));
  if (redis === null) {
    return { events: local, budgets: createInProcessBudgets(), join: async () => {}, leave: async () => {} };
  }
  const connections = createRedisConnections(redis);
  const events = createRedisBus({ connections, database: redis.database, local, log });
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
