import type { FastifyInstance, FastifyRequest } from 'fastify';
import { DomainError } from '../domain/errors.ts';
import type { Limits } from '../domain/limits.ts';
import type { CallerOf } from './caller.ts';

/** Makes a route take so many reads before it does anything. */
export type Taking = (weight: number) => { preHandler(request: FastifyRequest): Promise<void> };

/** Limits the reads of some routes, which say what each of them takes; wrong tokens are taken when they are refused. */
export function limitReads(routes: FastifyInstance, limits: Limits, callerOf: CallerOf): Taking {
  routes.addHook('onError', async (request, _reply, error) => {
    if (error instanceof DomainError && error.code === 'INVALID_TOKEN') {
      await limits.takeFailedToken(callerOf(request.raw));
    }
  });
  return (weight) => ({ preHandler: (request) => limits.takeReads(callerOf(request.raw), weight) });
}
