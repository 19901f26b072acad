import type { FastifyInstance } from 'fastify';
import type { Domain } from '../../domain/domain.ts';

/** `/healthz`: the process runs. `/readyz`: it can count visits; and how the replica is that figures are read from. */
export function healthRoutes(app: FastifyInstance, domain: Domain): void {
  app.get('/healthz', async (_request, reply) =>
    reply.header('cache-control', 'no-store').send({ status: 'ok' }),
  );
  app.get('/readyz', async (_request, reply) => {
    await domain.ready();
    const readReplica = await domain.readReplica();
    return reply
      .header('cache-control', 'no-store')
      .send({ status: 'ready', ...(readReplica === null ? {} : { readReplica }) });
  });
}
