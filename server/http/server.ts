import Fastify, { type FastifyInstance, type FastifyReply } from 'fastify';
import type { Domain } from '../domain/domain.ts';
import type { Log } from '../log.ts';
import type { Refusals } from '../refusals.ts';
import { addBasePath, basePathOf, withoutBasePath } from './base-path.ts';
import { answerBrokenRequest } from './broken-requests.ts';
import type { CallerOf } from './caller.ts';
import { answerErrors, sendText } from './error-handler.ts';
import { PATIENCE } from './patience.ts';
import { REQUEST_ID_HEADER, type RequestIdOf } from './request-id.ts';
import { arrivalRoute } from './routes/arrival.ts';
import { badgeRoutes } from './routes/badge.ts';
import { countScriptRoute } from './routes/count-script.ts';
import { digestFeedRoute } from './routes/digest-feed.ts';
import { exportRoute } from './routes/export.ts';
import { healthRoutes } from './routes/health.ts';
import { type MetricsAccess, metricsRoute } from './routes/metrics.ts';
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
  /** As the setting has them. Default: none. */
  readonly trustedProxies?: readonly string[];
  readonly requestIdOf: RequestIdOf;
  /** Who may see metrics here. Default: they are elsewhere. */
  readonly metrics?: MetricsAccess;
  /** Adds what has to see every request, before there are routes. */
  readonly watch?: (app: FastifyInstance) => void;
}

/** The HTTP server without the GraphQL routes, which are added to it. */
export async function createHttpServer(options: HttpOptions): Promise<FastifyInstance> {
  const { domain, log, baseUrl, callerOf, requestIdOf, trustedProxies = [], metrics, watch } = options;
  const headers = securityHeaders(baseUrl);
  const basePath = basePathOf(baseUrl);
  const app = Fastify({
    bodyLimit: BODY_LIMIT,
    connectionTimeout: PATIENCE.silenceMs,
    requestTimeout: PATIENCE.requestMs,
    http: { headersTimeout: PATIENCE.headersMs, connectionsCheckingInterval: PATIENCE.checkMs },
    clientErrorHandler: (error, socket) => answerBrokenRequest(error, { socket, headers }),
    forceCloseConnections: 'idle',
    rewriteUrl: ({ url = '/' }) => withoutBasePath(url, basePath),
    routerOptions: { maxParamLength: MAX_PARAMETER_LENGTH },
    // What cannot be routed, such as a URL that is not one.
    frameworkErrors: (error, _request, reply: FastifyReply) =>
      sendText(reply.headers(headers), error.statusCode ?? 400, error.message),
  });

  answerErrors(app, options);
  app.addHook('onResponse', (request, reply, done) => {
    // The route and not the URL, which may hold a visit id.
    const route = request.routeOptions.url ?? 'none';
    const { method, raw } = request;
    const requestId = requestIdOf(raw);
    log.debug({ method, route, status: reply.statusCode, ms: reply.elapsedTime, requestId }, 'answered');
    done();
  });

  watch?.(app);
  addSecurityHeaders(app, headers);
  // To what Node sends, so that routes which answer by themselves have it.
  app.addHook('onRequest', (request, reply, done) => {
    reply.raw.setHeader(REQUEST_ID_HEADER, requestIdOf(request.raw));
    done();
  });
  addBasePath(app, basePath);
  closeInTime(app);
  trackingRoutes(app, domain, callerOf);
  pixelRoute(app, domain, callerOf);
  publicReadRoutes(app, domain, callerOf);
  exportRoute(app, domain, callerOf);
  badgeRoutes(app, domain, callerOf);
  digestFeedRoute(app, domain, { callerOf, baseUrl });
  healthRoutes(app, domain);
  arrivalRoute(app, domain, { callerOf, trustedProxies });
  if (metrics) metricsRoute(app, domain, callerOf, metrics);
  countScriptRoute(app, baseUrl);
  await pageRoutes(app, baseUrl);
  return app;
}
