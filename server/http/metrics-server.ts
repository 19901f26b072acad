import Fastify, { type FastifyInstance } from 'fastify';
import { answerErrors } from './error-handler.ts';
import { PATIENCE } from './patience.ts';
import { type MetricsAccess, metricsRoute } from './routes/metrics.ts';
import type { HttpOptions } from './server.ts';
import { closeInTime } from './stopping.ts';

/** A server of `/metrics` alone, for an address that only the operator's machines reach. */
export function createMetricsServer(
  options: Pick<HttpOptions, 'domain' | 'callerOf' | 'log' | 'refusals' | 'requestIdOf'>,
  access: MetricsAccess,
): FastifyInstance {
  const app = Fastify({
    connectionTimeout: PATIENCE.silenceMs,
    requestTimeout: PATIENCE.requestMs,
    http: { headersTimeout: PATIENCE.headersMs, connectionsCheckingInterval: PATIENCE.checkMs },
    forceCloseConnections: 'idle',
  });
  answerErrors(app, options);
  closeInTime(app);
  metricsRoute(app, options.domain, options.callerOf, access);
  return app;
}
