import type { FastifyInstance } from 'fastify';
import type { Domain } from '../../domain/domain.ts';
import { createArrivalOf } from '../arrival.ts';
import type { CallerOf } from '../caller.ts';
import { limitReads } from '../limited-reads.ts';

/**
 * `/arrival`: how the request arrived, for whoever runs the instance and wants to know whether its proxies are right.
 * Tells kinds of addresses and never one. `oxicount doctor` shows that it can read the secrets of the instance instead
 * of sending a token to whatever answers at `base_url`.
 */
export function arrivalRoute(
  app: FastifyInstance,
  { administrators, operatorProof, limits, instance }: Domain,
  { callerOf, trustedProxies }: { readonly callerOf: CallerOf; readonly trustedProxies: readonly string[] },
): void {
  const arrivalOf = createArrivalOf(trustedProxies);
  app.register(async (routes) => {
    const taking = limitReads(routes, limits, callerOf);
    routes.get('/arrival', taking(1), async (request, reply) => {
      reply.header('cache-control', 'no-store').header('vary', 'authorization');
      const proof = request.headers['oxicount-proof'];
      if (typeof proof !== 'string' || !operatorProof.holds(proof)) {
        await administrators.ofInstance(callerOf(request.raw));
      }
      return { instance, ...arrivalOf(request.raw) };
    });
  });
}
