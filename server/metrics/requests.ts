import type { FastifyInstance } from 'fastify';
import type { Instruments } from './instruments.ts';

const METHODS = new Set(['GET', 'HEAD', 'POST', 'OPTIONS']);

/** Counts and times the requests of a server. To be called before it has routes. */
export function measureRequests({ counter, histogram }: Instruments): (app: FastifyInstance) => void {
  const requests = counter('oxicount_http_requests_total');
  const duration = histogram('oxicount_http_request_duration_seconds');
  return (app) => {
    app.addHook('onResponse', (request, reply, done) => {
      const method = METHODS.has(request.method) ? request.method : 'other';
      const route = request.routeOptions.url ?? 'none';
      requests({ method, route, code: String(reply.statusCode) });
      const type = String(reply.raw.getHeader('content-type') ?? '');
      if (!type.startsWith('text/event-stream')) duration({ method, route }, reply.elapsedTime / 1_000);
      done();
    });
  };
}
