import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import type { FastifyInstance } from 'fastify';
import { publicFolder } from '../assets.ts';
import { etagOf, hasAlready } from '../etag.ts';

// An hour: pages load it from the cache, and an update of the instance reaches everybody the same day.
const CACHE_CONTROL = 'public, max-age=3600, stale-while-revalidate=86400';

/** `/count.js` with this instance's base URL in it, compressed once. */
export function countScriptRoute(app: FastifyInstance, baseUrl: string): void {
  const source = readFileSync(join(publicFolder, 'count.js'), 'utf8').replaceAll(
    '__OXICOUNT_BASE_URL__',
    baseUrl,
  );
  const etag = etagOf(source);
  const encodings = {
    br: brotliCompressSync(source),
    gzip: gzipSync(source, { level: 9 }),
  };

  app.get('/count.js', async (request, reply) => {
    reply
      .header('etag', etag)
      .header('cache-control', CACHE_CONTROL)
      .header('vary', 'accept-encoding')
      .header('access-control-allow-origin', '*')
      .header('cross-origin-resource-policy', 'cross-origin')
      .type('text/javascript; charset=utf-8');
    if (hasAlready(request, etag)) return reply.code(304).send();
    const accepted = request.headers['accept-encoding'] ?? '';
    // A weight of nought means "not this one".
    const encoding = (['br', 'gzip'] as const).find((name) =>
      new RegExp(`(^|[\\s,])${name}\\s*(,|$|;\\s*q=(1|0?\\.0*[1-9]))`, 'i').test(accepted),
    );
    if (!encoding) return reply.send(source);
    return reply.header('content-encoding', encoding).send(encodings[encoding]);
  });
}
