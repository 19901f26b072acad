import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Domain } from '../../domain/domain.ts';
import { type Badge, endpointOf, svgOf } from '../badge/badge.ts';
import { readLook, readQuestion } from '../badge/parameters.ts';
import type { CallerOf } from '../caller.ts';
import { EXPOSED_HEADERS } from '../errors.ts';
import { etagOf, hasAlready } from '../etag.ts';
import { limitReads } from '../limited-reads.ts';

// Pages that embed a badge are loaded far more often than its number changes to the eye. Proxies of pictures, such as
// GitHub's, keep to it too.
const MAX_AGE_SECS = 300;
const CACHE_CONTROL = `public, max-age=${MAX_AGE_SECS}, stale-while-revalidate=3600`;
const SVG = 'image/svg+xml; charset=utf-8';
// Of a problem told on a badge, in characters.
const MAX_PROBLEM_LENGTH = 100;

const compact = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 });

/**
 * A number where no script runs: `/badge.svg` as a picture, `/badge.json` for shields.io, which draws its own.
 *
 * A picture that fails shows nothing, so what is wrong with a request for one is told by a badge too, with the status and
 * the headers of any refusal.
 */
export function badgeRoutes(app: FastifyInstance, { badges, limits }: Domain, callerOf: CallerOf): void {
  async function badgeFor(request: FastifyRequest): Promise<Badge> {
    const { site, ...badge } = readQuestion(request);
    const look = readLook(request);
    const figure = await badges.figure({ site, reader: callerOf(request.raw) }, badge);
    return { label: badge.of, message: shown(figure), ...look };
  }

  app.register(async (routes) => {
    const taking = limitReads(routes, limits, callerOf);
    routes.addHook('onRequest', async (_request, reply) => {
      reply
        .header('access-control-allow-origin', '*')
        .header('access-control-expose-headers', EXPOSED_HEADERS)
        .header('cross-origin-resource-policy', 'cross-origin')
        .header('vary', 'authorization')
        .header('cache-control', 'no-store');
    });

    routes.get('/badge.json', taking(1), async (request, reply) => {
      const badge = endpointOf(await badgeFor(request), MAX_AGE_SECS);
      return sendCached(request, reply.type('application/json; charset=utf-8'), badge);
    });

    routes.register(async (pictures) => {
      pictures.addHook('onRequest', async (_request, reply) => {
        // Whoever opens it by itself runs nothing and loads nothing. The style `social` has a style sheet within.
        reply.header('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'");
      });
      pictures.addHook('onSend', async (_request, reply, payload) =>
        reply.statusCode < 400 ? payload : pictureOf(String(payload), reply),
      );
      pictures.get('/badge.svg', taking(1), async (request, reply) =>
        sendCached(request, reply.type(SVG), await svgOf(await badgeFor(request))),
      );
    });
  });
}

function sendCached(request: FastifyRequest, reply: FastifyReply, body: string): FastifyReply {
  const etag = etagOf(body);
  // What a token opened is for whoever holds it.
  const cached = request.headers.authorization === undefined ? CACHE_CONTROL : 'private, no-cache';
  reply.header('etag', etag).header('cache-control', cached);
  return hasAlready(request, etag) ? reply.code(304).send() : reply.send(body);
}

/** A refusal as a badge: the beginning of its message, which says what is wrong and in the rest what would be right. */
async function pictureOf(message: string, reply: FastifyReply): Promise<string> {
  reply.type(SVG);
  const [problem = ''] = message.split(/[;:.](?:\s|$)/);
  return svgOf({ label: 'badge', message: problem.slice(0, MAX_PROBLEM_LENGTH), color: 'red' });
}

/** Such as 999, 1.2k and 3.4M. */
function shown(figure: number): string {
  return compact.format(figure).replace('K', 'k');
}
