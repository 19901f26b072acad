import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { SiteQuestion } from '../../domain/access.ts';
import { MAX_COUNTS } from '../../domain/counts.ts';
import type { Domain } from '../../domain/domain.ts';
import { formatLocal, formatOffset, offsetMinutes } from '../../domain/time-zone.ts';
import type { Visit } from '../../domain/visit.ts';
import type { CallerOf } from '../caller.ts';
import { EXPOSED_HEADERS } from '../errors.ts';
import { limitReads } from '../limited-reads.ts';
import { optionalParameter, requiredParameter } from '../query.ts';

/** Reads that a list without an end counts as. */
const LONG = 10;

/** Figures on the wire of OxiTraffic, for any page: a token is sent by the page itself, and never by the browser. */
export function publicReadRoutes(
  app: FastifyInstance,
  { counts, history, limits }: Domain,
  callerOf: CallerOf,
): void {
  const questionOf = (request: FastifyRequest): SiteQuestion => ({
    site: optionalParameter(request, 'site'),
    reader: callerOf(request.raw),
  });

  app.register(async (routes) => {
    const taking = limitReads(routes, limits, callerOf);
    routes.addHook('onRequest', async (request, reply) => {
      reply
        .header('access-control-allow-origin', '*')
        .header('access-control-expose-headers', EXPOSED_HEADERS)
        .header('vary', 'authorization')
        .header(
          'cache-control',
          request.headers.authorization === undefined ? 'no-cache' : 'private, no-cache',
        );
    });
    // Browsers ask before they send a token.
    routes.options('/api/*', async (_request, reply) =>
      reply
        .header('access-control-allow-methods', 'GET')
        .header('access-control-allow-headers', 'authorization')
        .header('access-control-max-age', '86400')
        .code(204)
        .send(),
    );

    routes.get('/api/counts', taking(LONG), async (request) =>
      counts.counts(questionOf(request), { first: MAX_COUNTS }),
    );

    routes.get('/api/count', taking(1), async (request, reply) => {
      const path = requiredParameter(request, 'path');
      const count = await counts.count(questionOf(request), { path });
      return reply.type('application/json; charset=utf-8').send(String(count));
    });

    routes.get('/api/history', taking(LONG), async (request, reply) => {
      const { site, chunks } = await history.stream(questionOf(request), requiredParameter(request, 'path'));
      // The format has one offset for all visits, so all of them are told in the one of today.
      const offset = offsetMinutes(site.timeZone, Date.now());
      // As text, since a stream of objects would be flushed one by one.
      const stream = Readable.from(historyJson(chunks, offset), { objectMode: false });
      return reply.type('application/json; charset=utf-8').send(stream);
    });
  });
}

async function* historyJson(
  chunks: AsyncIterable<readonly Visit[]>,
  offset: number,
): AsyncGenerator<string, void, undefined> {
  yield `{"utc_offset":${JSON.stringify(formatOffset(offset))},"visits":[`;
  let separator = '';
  for await (const visits of chunks) {
    yield separator + visits.map((visit) => JSON.stringify(historyEntry(visit, offset))).join(',');
    separator = ',';
  }
  yield ']}';
}

function historyEntry({ registeredAt, referrer, spentSeconds }: Visit, offset: number) {
  return {
    registered_at: formatLocal(registeredAt, offset),
    referrer,
    // OxiTraffic says the first in its answers and the second in its manual.
    spent_time_secs: spentSeconds,
    spent_time_seconds: spentSeconds,
  };
}
