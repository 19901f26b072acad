import type { FastifyInstance } from 'fastify';
import type { Domain } from '../../domain/domain.ts';

/** `/healthz`: the process runs. `/readyz`: it can count visits; how the read replica is, and whom live events reach. */
export function healthRoutes(app: FastifyInstance, domain: Domain): void {
  app.get('/healthz', async (_request, reply) =>
    reply.header('cache-control', 'no-store').send({ status: 'ok' }),
  );
  app.get('/readyz', async (_request, reply) => {
    await domain.ready();
    const readReplica = await domain.readReplica();
    const reach = domain.reach();
    return reply.header('cache-control', 'no-store').send({
      status: 'ready',
      ...(readReplica === null ? {} : { readReplica }),
      ...(reach === 'this process' ? {} : { liveEvents: reach }),
    });
  });
}
