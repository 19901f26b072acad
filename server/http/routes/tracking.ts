import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Domain } from '../../domain/domain.ts';
import { type CallerOf, originOf } from '../caller.ts';
import { EXPOSED_HEADERS, invalidArgument } from '../errors.ts';
import { optionalParameter, requiredParameter } from '../query.ts';

// GET as OxiTraffic's script has it, POST for beacons.
const METHODS = ['GET', 'POST'];

/**
 * The three steps of a visit, on the wire of OxiTraffic. Every request is a simple one in the sense of CORS, so a
 * browser asks for no leave first; only the site's own pages may read the answers.
 */
export function trackingRoutes(app: FastifyInstance, { sites, visits }: Domain, callerOf: CallerOf): void {
  app.register(async (routes) => {
    // What a beacon carries is of no interest, whatever its type.
    routes.removeAllContentTypeParsers();
    routes.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: 4_096 }, (_request, _body, done) =>
      done(null),
    );

    routes.addHook('onRequest', async (request, reply) => {
      reply.header('cache-control', 'no-store').header('vary', 'origin');
      const origin = originOf(request.raw);
      // While the sites cannot be read, the route itself says so; the answer is then not for the page to read.
      if (origin !== null && (await sites.allowsOrigin(origin).catch(() => false))) {
        reply
          .header('access-control-allow-origin', origin)
          .header('access-control-expose-headers', EXPOSED_HEADERS);
      }
    });
    routes.options('/register', preflight);
    routes.options('/post-sleep/:visitId', preflight);
    routes.options('/page-left/:visitId/:seconds', preflight);

    routes.route({
      method: METHODS,
      url: '/register',
      async handler(request) {
        const site = optionalParameter(request, 'site');
        const path = requiredParameter(request, 'path');
        const registration = await visits.register({ site, path }, callerOf(request.raw));
        // OxiTraffic's script knows its delay and takes the bare value.
        return optionalParameter(request, 'v') === '2' ? registration : JSON.stringify(registration.visitId);
      },
      onSend: asJson,
    });

    routes.route<{ Params: { visitId: string } }>({
      method: METHODS,
      url: '/post-sleep/:visitId',
      async handler(request, reply) {
        const { visitId } = request.params;
        const referrer = optionalParameter(request, 'referrer_origin');
        // The campaign's parameters come as they stood in the page's own address.
        const { url = '' } = request.raw;
        const query = url.slice(url.indexOf('?') + 1);
        const { counted } = await visits.postSleep({ visitId, referrer, query }, callerOf(request.raw));
        // As in OxiTraffic, an id is good for one visit; that it was counted before is no harm to anybody.
        if (!counted) return reply.code(400).type('text/plain').send('The visit was counted before.');
        return reply.send();
      },
    });

    routes.route<{ Params: { visitId: string; seconds: string } }>({
      method: METHODS,
      url: '/page-left/:visitId/:seconds',
      async handler(request, reply) {
        const { visitId, seconds } = request.params;
        if (!/^\d{1,9}$/.test(seconds)) {
          throw invalidArgument(
            `The seconds are ${JSON.stringify(seconds.slice(0, 40))}; they must be a whole number.`,
          );
        }
        await visits.pageLeft({ visitId, secondsOnPage: Number(seconds) }, callerOf(request.raw));
        return reply.send();
      },
    });
  });
}

async function preflight(_request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  return reply
    .header('access-control-allow-methods', METHODS.join(', '))
    .header('access-control-max-age', '86400')
    .code(204)
    .send();
}

async function asJson(_request: FastifyRequest, reply: FastifyReply, payload: unknown): Promise<unknown> {
  if (reply.statusCode === 200) reply.header('content-type', 'application/json; charset=utf-8');
  return payload;
}
