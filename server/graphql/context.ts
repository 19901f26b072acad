import type { IncomingMessage } from 'node:http';
import type { YogaServerInstance } from 'graphql-yoga';
import type { Caller } from '../domain/caller.ts';
import type { Domain } from '../domain/domain.ts';
import type { PrismaClient } from '../storage/generated/sqlite/client.ts';

/** What every resolver is given. */
export interface GraphQLContext {
  readonly caller: Caller;
  /** What the request is called in the log. */
  readonly requestId: string;
  readonly domain: Domain;
  /** Where browsers reach this instance. */
  readonly baseUrl: string;
  /** For reads of entities, as the Prisma plugin does them; everything else goes through the domain. */
  readonly entities: PrismaClient;
}

/** What a context is made of. */
export interface Connection {
  /** The request; for a WebSocket the one that opened it. */
  readonly req: IncomingMessage;
  /** What a WebSocket said instead of the header of that name. */
  readonly authorization?: string | undefined;
}

export type YogaServer = YogaServerInstance<Connection, GraphQLContext>;
