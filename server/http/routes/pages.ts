import compress from '@fastify/compress';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import { publicFolder } from '../assets.ts';

/**
 * Everything comes from this instance, and scripts and styles from files only. The tracker talks to the base URL, which
 * is of another origin for somebody who opened the demo pages under another of the machine's names.
 */
function contentSecurityPolicy(baseUrl: string): string {
  return [
    "default-src 'self'",
    `connect-src 'self' ${new URL(baseUrl).origin}`,
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "img-src 'self' data:",
    "object-src 'none'",
  ].join('; ');
}

/** What people look at: the dashboard, what its figures mean, the demo blog, and the widgets' modules. */
export async function pageRoutes(app: FastifyInstance, baseUrl: string): Promise<void> {
  const policy = contentSecurityPolicy(baseUrl);
  await app.register(async (routes) => {
    await routes.register(compress, { threshold: 1_024 });
    await routes.register(fastifyStatic, {
      root: publicFolder,
      index: ['index.html'],
      redirect: true,
      setHeaders(response, path) {
        if (path.endsWith('.html')) {
          response.setHeader('content-security-policy', policy);
          response.setHeader('cross-origin-opener-policy', 'same-origin');
        }
        if (path.endsWith('.js')) {
          // Modules are loaded with CORS, from whichever page has a widget on it.
          response.setHeader('access-control-allow-origin', '*');
          response.setHeader('cross-origin-resource-policy', 'cross-origin');
        }
      },
    });
    for (const url of ['/', '/stats']) {
      routes.get(url, async (_request, reply) =>
        reply.header('x-robots-tag', 'noindex').sendFile('dashboard.html'),
      );
    }
    routes.get('/definitions', async (_request, reply) => reply.sendFile('definitions.html'));
  });
}
