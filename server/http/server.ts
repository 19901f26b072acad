import Fastify, { type FastifyInstance, type FastifyReply } from 'fastify';
import type { Domain } from '../domain/domain.ts';
import { DomainError } from '../domain/errors.ts';
import type { Log } from '../log.ts';
import type { Refusals } from '../refusals.ts';
import { answerBrokenRequest } from './broken-requests.ts';
import type { CallerOf } from './caller.ts';
import { sendRefusal } from './errors.ts';
import { PATIENCE } from './patience.ts';
import { badgeRoutes } from './routes/badge.ts';
import { countScriptRoute } from './routes/count-script.ts';
import { healthRoutes } from './routes/health.ts';
import { pageRoutes } from './routes/pages.ts';
import { pixelRoute } from './routes/pixel.ts';
import { publicReadRoutes } from './routes/public-reads.ts';
import { trackingRoutes } from './routes/tracking.ts';
import { addSecurityHeaders, securityHeaders } from './security-headers.ts';
import { closeInTime } from './stopping.ts';

// A visit id and its path are far below; headers and URLs beyond are nobody's.
const MAX_PARAMETER_LENGTH = 1_024;
const BODY_LIMIT = 100_000;

export interface HttpOptions {
  readonly domain: Domain;
  readonly log: Log;
  readonly refusals: Refusals;
  /** Where browsers reach this instance. */
  readonly baseUrl: string;
  readonly callerOf: CallerOf;
}

/** The HTTP server without the GraphQL routes, which are added to it. */
export async function createHttpServer(options: HttpOptions): Promise<FastifyInstance> {
  const { domain, log, refusals, baseUrl, callerOf } = options;
  const headers = securityHeaders(baseUrl);
  const app = Fastify({
    bodyLimit: BODY_LIMIT,
    connectionTimeout: PATIENCE.silenceMs,
    requestTimeout: PATIENCE.requestMs,
    http: { headersTimeout: PATIENCE.headersMs, connectionsCheckingInterval: PATIENCE.checkMs },
    clientErrorHandler: (error, socket) => answerBrokenRequest(error, { socket, headers }),
    forceCloseConnections: 'idle',
    routerOptions: { maxParamLength: MAX_PARAMETER_LENGTH },
    // What cannot be routed, such as a URL that is not one.
    frameworkErrors: (error, _request, reply: FastifyReply) =>
      sendText(reply.headers(headers), error.statusCode ?? 400, error.message),
  });

  app.setErrorHandler((error: Error & { statusCode?: number }, request, reply) => {
    if (error instanceof DomainError) {
      refusals.note(error, request.routeOptions.url);
      return sendRefusal(reply, error);
    }
    const status = error.statusCode ?? 500;
    if (status < 500) return sendText(reply, status, error.message);
    log.error({ err: error, route: request.routeOptions.url }, 'failed');
    return sendText(reply, 500, 'Something went wrong here. It was logged.');
  });
  app.setNotFoundHandler((_request, reply) => sendText(reply, 404, 'There is nothing here.'));
  app.addHook('onResponse', (request, reply, done) => {
    // The route and not the URL, which may hold a visit id.
    const route = request.routeOptions.url ?? 'none';
    log.debug({ method: request.method, route, status: reply.statusCode, ms: reply.elapsedTime }, 'answered');
    done();
  });

  addSecurityHeaders(app, headers);
  closeInTime(app);
  trackingRoutes(app, domain, callerOf);
  pixelRoute(app, domain, callerOf);
  publicReadRoutes(app, domain, callerOf);
  badgeRoutes(app, domain, callerOf);
  healthRoutes(app, domain);
  countScriptRoute(app, baseUrl);
  await pageRoutes(app, baseUrl);
  return app;
}

function sendText(reply: FastifyReply, status: number, message: string): FastifyReply {
  return reply.code(status).type('text/plain; charset=utf-8').send(message);
}
