import type { IncomingMessage } from 'node:http';
import type { FastifyInstance } from 'fastify';
import type { DocumentNode, ExecutionResult, GraphQLError } from 'graphql';
import { useServer } from 'graphql-ws/use/ws';
import { WebSocketServer } from 'ws';
import type { Caller } from '../domain/caller.ts';
import type { Limits } from '../domain/limits.ts';
import type { YogaServer } from './context.ts';
import { admitSocket } from './limits/admit-socket.ts';
import { boundSocket } from './limits/bound-socket.ts';
import { LIMITS } from './limits/limits.ts';
import { tooManyOperations } from './limits/too-many-operations.ts';
import { pushResults } from './live/push-results.ts';
import { withoutHttp } from './without-http.ts';

const GOING_AWAY = 1001;
// A peer that is gone without a word never answers the closing.
const CLOSING_MS = 1_000;

export interface WebSocketOptions {
  readonly endpoint: string;
  readonly yoga: YogaServer;
  readonly limits: Limits;
  readonly callerOf: (request: IncomingMessage) => Caller;
  readonly maskError: (error: unknown) => Error;
}

/** Adds GraphQL over the `graphql-transport-ws` protocol to the server. @returns the sockets that are open */
export function addWebSocket(app: FastifyInstance, options: WebSocketOptions): ReadonlySet<unknown> {
  const { endpoint, yoga, limits, callerOf } = options;
  const maskError = (error: unknown) => withoutHttp(options.maskError(error) as GraphQLError);
  // Not attached to the server, whose failures, a taken port among them, it would report as its own.
  const sockets = new WebSocketServer({ noServer: true, path: endpoint, maxPayload: LIMITS.bytes });
  app.server.on('upgrade', (request, socket, head) => {
    if (!admitSocket(socket, () => limits.hold('sockets', callerOf(request)))) return;
    sockets.handleUpgrade(request, socket, head, (client) => {
      sockets.emit('connection', client, request);
      boundSocket(client);
    });
  });
  const server = useServer<Record<string, unknown>, { request: IncomingMessage }>(
    {
      execute: (args) => (args as unknown as Enveloped).rootValue.execute(args),
      subscribe: (args) => (args as unknown as Enveloped).rootValue.subscribe(args),
      connectionInitWaitTimeout: LIMITS.greetingMs,
      // The same plugins as over HTTP, masking of errors among them.
      async onSubscribe({ connectionParams, extra, subscriptions }, _id, payload) {
        const operations = Object.keys(subscriptions).length;
        if (operations > LIMITS.operationsOfSocket) return [maskError(tooManyOperations(operations))];

        const { schema, execute, subscribe, contextFactory, parse, validate } = yoga.getEnveloped({
          req: extra.request,
          authorization: authorizationIn(connectionParams),
          params: payload,
        });
        let document: DocumentNode;
        try {
          document = parse(payload.query);
        } catch (error) {
          // Thrown on, it would end the socket, and with it every other subscription of the client.
          return [maskError(error)];
        }
        const errors: GraphQLError[] = validate(schema, document);
        if (errors.length > 0) return errors.map(maskError);
        return {
          schema,
          document,
          operationName: payload.operationName,
          variableValues: payload.variables,
          contextValue: await contextFactory(),
          rootValue: { execute, subscribe },
        };
      },
      onOperation: ({ extra }, id, _payload, _args, results) =>
        Symbol.asyncIterator in results ? pushResults(results as Results, id, extra.socket) : undefined,
      onNext: (_context, _id, _payload, _args, { data = null, errors }) =>
        errors && { data, errors: errors.map((error) => withoutHttp(error).toJSON()) },
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
  return sockets.clients;
}

type Results = AsyncGenerator<ExecutionResult>;

interface Enveloped {
  readonly rootValue: {
    execute(args: unknown): never;
    subscribe(args: unknown): never;
  };
}

/** Pages cannot send headers with a WebSocket: what would stand in one comes with its first message. */
function authorizationIn(
  connectionParams: Readonly<Record<string, unknown>> | undefined,
): string | undefined {
  const [, value] =
    Object.entries(connectionParams ?? {}).find(([name]) => name.toLowerCase() === 'authorization') ?? [];
  return typeof value === 'string' ? value : undefined;
}
