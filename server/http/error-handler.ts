import type { FastifyInstance, FastifyReply } from 'fastify';
import { DomainError } from '../domain/errors.ts';
import type { Log } from '../log.ts';
import type { Refusals } from '../refusals.ts';
import { sendRefusal } from './errors.ts';
import type { RequestIdOf } from './request-id.ts';

export interface ErrorHandlerOptions {
  readonly log: Log;
  readonly refusals: Refusals;
  readonly requestIdOf: RequestIdOf;
}

/** Answers what goes wrong: refusals as they are, mistakes of ours with nothing but the id they are logged under. */
export function answerErrors(
  app: FastifyInstance,
  { log, refusals, requestIdOf }: ErrorHandlerOptions,
): void {
  app.setErrorHandler((error: Error & { statusCode?: number }, request, reply) => {
    const about = { route: request.routeOptions.url, requestId: requestIdOf(request.raw) };
    if (error instanceof DomainError) {
      refusals.note(error, about);
      return sendRefusal(reply, error);
    }
    const status = error.statusCode ?? 500;
    if (status < 500) return sendText(reply, status, error.message);
    log.error({ err: error, ...about }, 'failed');
    return sendText(reply, 500, `Something went wrong here. It was logged as ${about.requestId}.`);
  });
  app.setNotFoundHandler((_request, reply) => sendText(reply, 404, 'There is nothing here.'));
}

export function sendText(reply: FastifyReply, status: number, message: string): FastifyReply {
  return reply.code(status).type('text/plain; charset=utf-8').send(message);
}
