import type { IncomingMessage } from 'node:http';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Caller } from '../../domain/caller.ts';
import type { Domain } from '../../domain/domain.ts';
import type { CallerOf } from '../caller.ts';
import { ERROR_HEADER, invalidArgument } from '../errors.ts';
import { optionalParameter } from '../query.ts';

/** One transparent pixel: the smallest whole GIF that is one. */
const PIXEL = Buffer.from('R0lGODlhAQABAIAAAP///wAAACH5BAEAAAAALAAAAAABAAEAAAICRAEAOw==', 'base64');

/**
 * `/pixel.gif` counts a view of a page that runs no scripts, at once. The page is that of `path`, or the one that the
 * `Referer` header names, and its site must be that of the referrer as it must be that of an origin.
 *
 * The answer is a picture whatever happens, since nobody reads what is wrong in the place of one. Refusals are told in
 * the `Oxicount-Error` header alone, but for `UNAVAILABLE`, whose status is for those who watch the service.
 */
export function pixelRoute(app: FastifyInstance, { visits }: Domain, callerOf: CallerOf): void {
  app.register(async (routes) => {
    routes.addHook('onSend', asPicture);

    routes.get('/pixel.gif', { exposeHeadRoute: false }, async (request, reply) => {
      const site = optionalParameter(request, 'site');
      const referrer = optionalParameter(request, 'referrer');
      const caller = callerOf(request.raw);
      const page = pageOf(request.raw);
      const path = optionalParameter(request, 'path') ?? pathOf(page, caller);
      const query = optionalParameter(request, 'query') ?? page?.search;
      const origin = caller.origin ?? page?.origin ?? null;
      await visits.view({ site, path, referrer, query }, { ...caller, origin });
      return reply.send();
    });
    routes.head('/pixel.gif', async (_request, reply) => reply.send());
  });
}

/** The page that shows the picture, as far as the browser tells; null where it does not. */
function pageOf({ headers }: IncomingMessage): URL | null {
  const given = headers.referer ?? '';
  const page = URL.canParse(given) ? new URL(given) : null;
  return page?.protocol === 'https:' || page?.protocol === 'http:' ? page : null;
}

/**
 * Most browsers tell other origins no more of a page than its origin, which reads like the address of the front page.
 * So a referrer that is just an origin names the front page only where it comes from a page of the same origin, which
 * is told everything.
 */
function pathOf(page: URL | null, { hints }: Caller): string {
  if (!page) {
    throw invalidArgument(
      'The parameter path is missing, as in ?path=..., and no Referer header names a page.',
    );
  }
  const origin = page.pathname === '/' && page.search === '';
  if (origin && hints.fetchSite !== 'same-origin') {
    throw invalidArgument(
      `The Referer header names ${page.origin} and perhaps no page; say which with ?path=..., also for /.`,
    );
  }
  return page.pathname;
}

async function asPicture(_request: FastifyRequest, reply: FastifyReply): Promise<Buffer> {
  const refusal = reply.getHeader(ERROR_HEADER);
  if (refusal !== undefined && refusal !== 'UNAVAILABLE') reply.code(200);
  reply
    .header('cache-control', 'no-store, max-age=0')
    .header('cross-origin-resource-policy', 'cross-origin')
    .type('image/gif');
  return PIXEL;
}
