import type { FastifyInstance, FastifyRequest } from 'fastify';

/** The path that an instance is below, such as `/count` of `https://example.org/count`; empty where it has a host. */
export function basePathOf(baseUrl: string): string {
  return new URL(baseUrl).pathname.replace(/\/$/, '');
}

/**
 * The URL of a request as the routes have it. A proxy may pass the path of the instance on or take it away, so it goes
 * where it is, and nothing is amiss where it is not.
 */
export function withoutBasePath(url: string, basePath: string): string {
  return basePath !== '' && url.startsWith(`${basePath}/`) ? url.slice(basePath.length) : url;
}

/** Leads to the dashboard who leaves out the slash at the end, and keeps redirections below the path. */
export function addBasePath(app: FastifyInstance, basePath: string): void {
  if (basePath === '') return;
  // Fastify rewrites requests alone.
  app.server.on('upgrade', (request) => {
    request.url = withoutBasePath(request.url ?? '/', basePath);
  });
  app.addHook('onRequest', async (request, reply) => {
    if (isBareBase(request, basePath)) return reply.redirect('/', 308);
  });
  app.addHook('onSend', async (_request, reply) => {
    const location = reply.getHeader('location');
    if (typeof location === 'string' && location.startsWith('/'))
      reply.header('location', basePath + location);
  });
}

/** Below `/stats` that address is also a page's, where the proxy has taken the path away; but of a page it tells which. */
function isBareBase(request: FastifyRequest, basePath: string): boolean {
  const [path, query = ''] = request.url.split('?');
  if (path !== basePath) return false;
  return request.is404 || (basePath === '/stats' && !new URLSearchParams(query).has('path'));
}
