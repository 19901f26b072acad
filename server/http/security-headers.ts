import type { FastifyInstance } from 'fastify';

const YEAR_SECS = 31_536_000;

/**
 * What every answer has, refusals too. Answers are data unless a route says otherwise: as a page of its own, none may
 * load anything or be framed. Scripts and pictures for other pages are loaded by those, which this does not touch. That a
 * host is for HTTPS alone is said where the host is the instance's own.
 */
export function securityHeaders(baseUrl: string): Readonly<Record<string, string>> {
  const { protocol, pathname } = new URL(baseUrl);
  return {
    'content-security-policy':
      "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    'permissions-policy':
      'browsing-topics=(), camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()',
    'referrer-policy': 'strict-origin-when-cross-origin',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    ...(protocol === 'https:' && pathname === '/'
      ? { 'strict-transport-security': `max-age=${YEAR_SECS}` }
      : {}),
  };
}

/** Adds them before anything else is done, to what Node sends, so that routes which answer by themselves have them. */
export function addSecurityHeaders(app: FastifyInstance, headers: Readonly<Record<string, string>>): void {
  const entries = Object.entries(headers);
  app.addHook('onRequest', (_request, reply, done) => {
    for (const [name, value] of entries) reply.raw.setHeader(name, value);
    done();
  });
}
