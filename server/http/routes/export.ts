import { pipeline, Readable } from 'node:stream';
import { createGzip } from 'node:zlib';
import type { FastifyInstance } from 'fastify';
import type { Domain } from '../../domain/domain.ts';
import type { CallerOf } from '../caller.ts';
import { limitReads } from '../limited-reads.ts';
import { optionalParameter } from '../query.ts';

/** Reads that it counts as. */
const WEIGHT = 10;
const TYPES = {
  ndjson: { type: 'application/x-ndjson', ending: 'ndjson' },
  csv: { type: 'text/csv', ending: 'visits.csv' },
  rollups: { type: 'text/csv', ending: 'rollups.csv' },
} as const;

/** `/api/export`: everything of a site, for whoever administers it. */
export function exportRoute(app: FastifyInstance, { exports, limits }: Domain, callerOf: CallerOf): void {
  app.register(async (routes) => {
    const taking = limitReads(routes, limits, callerOf);
    routes.get('/api/export', taking(WEIGHT), async (request, reply) => {
      reply.header('vary', 'authorization, accept-encoding').header('cache-control', 'private, no-store');
      const question = { site: optionalParameter(request, 'site'), reader: callerOf(request.raw) };
      const { site, format, text } = await exports.begin(question, {
        format: optionalParameter(request, 'format'),
        from: optionalParameter(request, 'from'),
        to: optionalParameter(request, 'to'),
      });
      const { type, ending } = TYPES[format];
      reply
        .type(`${type}; charset=utf-8`)
        .header('content-disposition', `attachment; filename="${site.slug}.${ending}"`);
      // Nobody is shown a body of a HEAD, so none is made.
      if (request.method === 'HEAD') return reply.send('');
      // Where the database is away, that is said instead of the first byte.
      const body = Readable.from(await begun(text), { objectMode: false });
      if (!/\bgzip\b/.test(String(request.headers['accept-encoding']))) return reply.send(body);
      // What fails on the way ends the connection, as it does without compression.
      return reply.header('content-encoding', 'gzip').send(pipeline(body, createGzip(), () => {}));
    });
  });
}

/** The same text, whose first part is there already. */
async function begun(text: AsyncIterable<string>): Promise<AsyncIterable<string>> {
  const parts = text[Symbol.asyncIterator]();
  const first = await parts.next();
  return (async function* () {
    try {
      if (first.done) return;
      yield first.value;
      yield* { [Symbol.asyncIterator]: () => parts };
    } finally {
      await parts.return?.();
    }
  })();
}
