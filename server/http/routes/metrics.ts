import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Domain } from '../../domain/domain.ts';
import { DomainError } from '../../domain/errors.ts';
import { allows } from '../../domain/scope.ts';
import { hashOf, isSame } from '../../domain/token-text.ts';
import type { CallerOf } from '../caller.ts';
import { limitReads } from '../limited-reads.ts';

/** Measures at the time it is asked. @param accept the header of that name */
export type Scrape = (accept: string) => Promise<{ readonly contentType: string; readonly text: string }>;

export interface MetricsAccess {
  readonly scrape: Scrape;
  /** A bearer token that is good for this and nothing else; null for none. */
  readonly token: string | null;
  /** Who is let in: those with a token, or whoever reaches the address where nothing else is. */
  readonly open: boolean;
}

/**
 * `/metrics` for Prometheus and what understands its formats. What a service does is not for everybody, and a proxy on
 * the same machine asks for everybody: so it takes a token wherever others than the operator can reach it.
 */
export function metricsRoute(
  app: FastifyInstance,
  { access, limits }: Pick<Domain, 'access' | 'limits'>,
  callerOf: CallerOf,
  { scrape, token: wanted, open }: MetricsAccess,
): void {
  const hash = wanted === null ? null : hashOf(wanted);

  async function checkCaller(request: FastifyRequest): Promise<void> {
    const caller = callerOf(request.raw);
    const { token } = caller;
    if (open && hash === null) return;
    if (token !== null && hash !== null && isSame(hashOf(token), hash)) return;
    await limits.checkTokens(caller);
    const grant = await access.grantOf(caller);
    if (grant !== null && grant.siteId === null && allows(grant.scopes, 'ADMINISTER_INSTANCE')) return;
    throw new DomainError(
      'FORBIDDEN',
      'Metrics are for whoever sends the metrics_token of the settings, or a token that administers the instance.',
    );
  }

  app.register(async (routes) => {
    limitReads(routes, limits, callerOf);
    routes.get('/metrics', async (request: FastifyRequest, reply: FastifyReply) => {
      await checkCaller(request);
      const { contentType, text } = await scrape(request.headers.accept ?? '');
      return reply.header('cache-control', 'no-store').header('content-type', contentType).send(text);
    });
  });
}
