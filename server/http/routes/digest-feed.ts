import type { FastifyInstance } from 'fastify';
import { DIGEST_PERIODS } from '../../domain/alerts/due.ts';
import type { Domain } from '../../domain/domain.ts';
import type { CallerOf } from '../caller.ts';
import { EXPOSED_HEADERS } from '../errors.ts';
import { etagOf, hasAlready } from '../etag.ts';
import { ATOM, atomOf } from '../feed/atom.ts';
import { digestFeedOf } from '../feed/digest-feed.ts';
import { limitReads } from '../limited-reads.ts';
import { oneOf, optionalParameter } from '../query.ts';

/** Reads that it counts as: each of its digests has lists. */
const WEIGHT = 20;
const CACHE_CONTROL = 'public, max-age=300, stale-while-revalidate=3600';

/**
 * `/digest.atom`: the digests of a site as a feed. Feed readers send no headers of their own, so a token may be in the
 * address; nothing that is answered has it.
 */
export function digestFeedRoute(
  app: FastifyInstance,
  { digests, limits }: Domain,
  { callerOf, baseUrl }: { readonly callerOf: CallerOf; readonly baseUrl: string },
): void {
  app.register(async (routes) => {
    const taking = limitReads(routes, limits, callerOf);
    routes.get('/digest.atom', taking(WEIGHT), async (request, reply) => {
      reply
        .header('access-control-allow-origin', '*')
        .header('access-control-expose-headers', EXPOSED_HEADERS)
        .header('vary', 'authorization')
        // Pages that it links to are not told the token.
        .header('referrer-policy', 'no-referrer');
      const period = oneOf(request, 'period', DIGEST_PERIODS) ?? 'daily';
      const token = optionalParameter(request, 'token');
      const reader = callerOf(request.raw, token === undefined ? undefined : `Bearer ${token}`);
      const list = await digests.list({ site: optionalParameter(request, 'site'), reader }, period);
      const body = atomOf(digestFeedOf(list, { baseUrl, tellsSelf: token === undefined }));
      const etag = etagOf(body);
      reply
        .type(ATOM)
        .header('etag', etag)
        .header('cache-control', reader.token === null ? CACHE_CONTROL : 'private, no-cache');
      return hasAlready(request, etag) ? reply.code(304).send() : reply.send(body);
    });
  });
}
