import type { IncomingMessage, ServerResponse } from 'node:http';
import type { FastifyInstance } from 'fastify';
import type { DocumentNode, GraphQLError } from 'graphql';
import { useServer } from 'graphql-ws/use/ws';
import { createYoga, type YogaServerInstance } from 'graphql-yoga';
import { WebSocketServer } from 'ws';
import type { Domain } from '../domain/domain.ts';
import type { CallerOf } from '../http/caller.ts';
import type { Log } from '../log.ts';
import type { PrismaClient } from '../storage/generated/sqlite/client.ts';
import type { GraphQLContext } from './context.ts';
import { createErrorMask } from './errors.ts';
import { useNamedArguments } from './named-arguments.ts';
import { schema } from './schema.ts';

const ENDPOINT = '/graphql';
const MAX_BODY = 100_000;
const GOING_AWAY = 1001;
// A peer that is gone without a word never answers the closing.
const CLOSING_MS = 1_000;

export interface GraphQLOptions {
  readonly domain: Domain;
  readonly entities: PrismaClient;
  readonly log: Log;
  readonly callerOf: CallerOf;
  /** Serves GraphiQL to browsers. */
  readonly development: boolean;
}

interface NodeContext {
  readonly req: IncomingMessage;
  readonly res: ServerResponse;
}

/**
 * Adds `/graphql` to the server: GraphQL over HTTP, subscriptions over server-sent events and over the
 * `graphql-transport-ws` protocol. Anyone may read from any page, so CORS answers for all origins; mutations check the
 * origin in the domain.
 */
export async function addGraphQL(app: FastifyInstance, options: GraphQLOptions): Promise<void> {
  const { domain, entities, log, callerOf, development } = options;
  const context = (request: IncomingMessage): GraphQLContext => ({
    domain,
    entities,
    caller: callerOf(request),
  });
  const maskError = createErrorMask(log);
  const yoga = createYoga<NodeContext, GraphQLContext>({
    schema,
    graphqlEndpoint: ENDPOINT,
    context: ({ req }) => context(req),
    maskedErrors: { maskError },
    plugins: [useNamedArguments()],
    cors: { origin: '*', credentials: false, methods: ['GET', 'POST', 'OPTIONS'] },
    graphiql: development,
    ...(development
      ? { renderGraphiQL: (await import('@graphql-yoga/render-graphiql')).renderGraphiQL }
      : {}),
    landingPage: false,
    logging: false,
  });
  addHttp(app, yoga);
  addWebSocket(app, { yoga, context, maskError });
}

function addHttp(app: FastifyInstance, yoga: YogaServerInstance<NodeContext, GraphQLContext>): void {
  const streams = new Set<ServerResponse>();
  app.register(async (routes) => {
    routes.removeAllContentTypeParsers();
    // Read here for the sake of the limit; parsed by Yoga, which knows the media types.
    routes.addContentTypeParser('*', { parseAs: 'string', bodyLimit: MAX_BODY }, (_request, body, done) =>
      done(null, body),
    );
    routes.route({
      url: ENDPOINT,
      method: ['GET', 'POST', 'OPTIONS'],
      async handler(request, reply) {
        reply.hijack();
        if (request.headers.accept?.includes('text/event-stream')) {
          streams.add(reply.raw);
          reply.raw.once('close', () => streams.delete(reply.raw));
        }
        await yoga.requestListener(Object.assign(request.raw, { body: request.body }), reply.raw);
      },
    });
  });
  // Broken off, not completed: a client that hears of an end does not come back to the next process.
  app.addHook('preClose', async () => {
    for (const stream of streams) stream.destroy();
  });
}

function addWebSocket(
  app: FastifyInstance,
  options: {
    readonly yoga: YogaServerInstance<NodeContext, GraphQLContext>;
    readonly context: (request: IncomingMessage) => GraphQLContext;
    readonly maskError: (error: unknown) => Error;
  },
): void {
  const { yoga, context, maskError } = options;
  // Not attached to the server, whose failures, a taken port among them, it would report as its own.
  const sockets = new WebSocketServer({ noServer: true, path: ENDPOINT, maxPayload: MAX_BODY });
  app.server.on('upgrade', (request, socket, head) => {
    sockets.handleUpgrade(request, socket, head, (client) => sockets.emit('connection', client, request));
  });
  const server = useServer<Record<string, unknown>, { request: IncomingMessage }>(
    {
      execute: (args) => (args as unknown as Enveloped).rootValue.execute(args),
      subscribe: (args) => (args as unknown as Enveloped).rootValue.subscribe(args),
      // The same plugins as over HTTP, masking of errors among them.
      async onSubscribe({ extra }, _id, payload) {
        const { schema, execute, subscribe, contextFactory, parse, validate } = yoga.getEnveloped({
          ...context(extra.request),
          req: extra.request,
          params: payload,
        });
        let document: DocumentNode;
        try {
          document = parse(payload.query);
        } catch (error) {
          // Thrown on, it would end the socket, and with it every other subscription of the client.
          return [maskError(error) as GraphQLError];
        }
        const errors: GraphQLError[] = validate(schema, document);
        if (errors.length > 0) return errors.map((error) => maskError(error) as GraphQLError);
        return {
          schema,
          document,
          operationName: payload.operationName,
          variableValues: payload.variables,
          contextValue: await contextFactory(),
          rootValue: { execute, subscribe },
        };
      },
    },
    sockets,
  );
  app.addHook('preClose', async () => {
    for (const socket of sockets.clients) socket.close(GOING_AWAY, 'The service stops.');
    const forced = setTimeout(() => {
      for (const socket of sockets.clients) socket.terminate();
    }, CLOSING_MS);
    await server.dispose();
    clearTimeout(forced);
  });
}

interface Enveloped {
  readonly rootValue: {
    execute(args: unknown): never;
    subscribe(args: unknown): never;
  };
}
