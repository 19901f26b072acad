import type { Caller } from '../domain/caller.ts';
import type { Domain } from '../domain/domain.ts';
import type { PrismaClient } from '../storage/generated/sqlite/client.ts';

/** What every resolver is given. */
export interface GraphQLContext {
  readonly caller: Caller;
  readonly domain: Domain;
  /** For reads of entities, as the Prisma plugin does them; everything else goes through the domain. */
  readonly entities: PrismaClient;
}
