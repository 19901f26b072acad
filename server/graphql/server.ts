import type { IncomingMessage, ServerResponse } from 'node:http';
import type { FastifyInstance } from 'fastify';
import { createYoga } from 'graphql-yoga';
import type { Domain } from '../domain/domain.ts';
import type { CallerOf } from '../http/caller.ts';
import type { Log } from '../log.ts';
import type { Refusals } from '../refusals.ts';
import type { PrismaClient } from '../storage/generated/sqlite/client.ts';
import type { Connection, GraphQLContext, YogaServer } from './context.ts';
import { createErrorMask } from './errors.ts';
import { keptDocuments } from './limits/kept-documents.ts';
import { LIMITS } from './limits/limits.ts';
import { useLimits } from './limits/use-limits.ts';
import { useOneExecution } from './live/use-one-execution.ts';
import { useNamedArguments } from './named-arguments.ts';
import { useNoSuggestions } from './no-suggestions.ts';
import { type OperationObserver, useObserver } from './observer.ts';
import { usePrivateAnswers } from './private-answers.ts';
import { createErrorRequests } from './request-ids.ts';
import { schema } from './schema.ts';
import { addWebSocket } from './web-socket.ts';

const ENDPOINT = '/graphql';

export interface GraphQLOptions {
  readonly domain: Domain;
  readonly entities: PrismaClient;
  readonly log: Log;
  readonly refusals: Refusals;
  readonly callerOf: CallerOf;
  /** What a request is called in the log. */
  readonly requestIdOf: (request: IncomingMessage) => string;
  readonly observer?: OperationObserver | undefined;
  /** Where browsers reach this instance. */
  readonly baseUrl: string;
  /** Serves GraphiQL to browsers. */
  readonly development: boolean;
}

/**
 * Adds `/graphql` to the server: GraphQL over HTTP, subscriptions over server-sent events and over the
 * `graphql-transport-ws` protocol. Anyone may read from any page, so CORS answers for all origins; mutations check the
 * origin in the domain.
 */
export async function addGraphQL(app: FastifyInstance, options: GraphQLOptions): Promise<void> {
  const { domain, entities, log, refusals, callerOf, requestIdOf, observer, baseUrl, development } = options;
  const errors = createErrorRequests();
  const maskError = createErrorMask({ log, refusals, observer, requestOf: errors.requestOf });
  const yoga = createYoga<Connection, GraphQLContext>({
    schema,
    graphqlEndpoint: ENDPOINT,
    context: ({ req, authorization }) => ({
      domain,
      entities,
      baseUrl,
      caller: callerOf(req, authorization),
      requestId: requestIdOf(req),
    }),
    maskedErrors: { maskError },
    plugins: [
      errors.plugin,
      useOneExecution(),
      useLimits(),
      ...(observer ? [useObserver(observer)] : []),
      useNoSuggestions(),
      useNamedArguments(),
      usePrivateAnswers(),
    ],
    parserAndValidationCache: keptDocuments(),
    cors: {
      origin: '*',
      credentials: false,
      methods: ['GET', 'POST', 'OPTIONS'],
      exposedHeaders: ['x-request-id'],
    },
    graphiql: development,
    ...(development
      ? { renderGraphiQL: (await import('@graphql-yoga/render-graphiql')).renderGraphiQL }
      : {}),
    // Fastify has read the body by then, and bounded it; a stream to count its bytes is a third of a mutation's time.
    maxRequestBodySize: false,
    landingPage: false,
    logging: false,
  });
  const streams = addHttp(app, { yoga, development });
  const sockets = addWebSocket(app, { endpoint: ENDPOINT, yoga, limits: domain.limits, callerOf, maskError });
  observer?.watching({ streams: () => streams.size, sockets: () => sockets.size });
}

/** @returns the streams of events that are open */
function addHttp(
  app: FastifyInstance,
  { yoga, development }: { readonly yoga: YogaServer; readonly development: boolean },
): ReadonlySet<unknown> {
  const streams = new Set<ServerResponse>();
  app.register(async (routes) => {
    routes.removeAllContentTypeParsers();
    // Read here for the sake of the limit; parsed by Yoga, which knows the media types.
    routes.addContentTypeParser('*', { parseAs: 'string', bodyLimit: LIMITS.bytes }, (_request, body, done) =>
      done(null, body),
    );
    routes.route({
      url: ENDPOINT,
      method: ['GET', 'POST', 'OPTIONS'],
      async handler(request, reply) {
        reply.hijack();
        // GraphiQL is a page with its script in it.
        if (development) reply.raw.removeHeader('content-security-policy');
        if (request.headers.accept?.includes('text/event-stream')) {
          streams.add(reply.raw);
          reply.raw.once('close', () => streams.delete(reply.raw));
        }
        // Yoga prefers what Fastify kept of before it took the path of the instance away.
        const { raw, body, url: originalUrl } = request;
        await yoga.requestListener(Object.assign(raw, { body, originalUrl }), reply.raw);
      },
    });
  });
  // Broken off, not completed: a client that hears of an end does not come back to the next process.
  app.addHook('preClose', async () => {
    for (const stream of streams) stream.destroy();
  });
  return streams;
}
