import type { FastifyInstance } from 'fastify';
import type { Domain } from '../../domain/domain.ts';

/** `/healthz`: the process runs. `/readyz`: it can count visits; and whom live events reach, where there are replicas. */
export function healthRoutes(app: FastifyInstance, domain: Domain): void {
  app.get('/healthz', async (_request, reply) =>
    reply.header('cache-control', 'no-store').send({ status: 'ok' }),
  );
  app.get('/readyz', async (_request, reply) => {
    await domain.ready();
    const reach = domain.reach();
    const live = reach === 'this process' ? {} : { liveEvents: reach };
    return reply.header('cache-control', 'no-store').send({ status: 'ready', ...live });
  });
}
