import type { FastifyRequest } from 'fastify';
import { invalidArgument } from './errors.ts';

/**
 * A parameter of the query string; undefined where it is absent.
 * @throws DomainError `INVALID_ARGUMENT` where it is given more than once
 */
export function optionalParameter(request: FastifyRequest, name: string): string | undefined {
  const value = (request.query as Record<string, unknown>)[name];
  if (value === undefined || typeof value === 'string') return value;
  throw invalidArgument(`The parameter ${name} is given more than once; give it once.`);
}

/**
 * A parameter that has to be one of some words; undefined where it is absent.
 * @throws DomainError `INVALID_ARGUMENT`, which names it
 */
export function oneOf<Word extends string>(
  request: FastifyRequest,
  name: string,
  words: readonly Word[],
): Word | undefined {
  const given = optionalParameter(request, name);
  const word = words.find((candidate) => candidate === given);
  if (given === undefined || word !== undefined) return word;
  throw invalidArgument(
    `${name} is ${JSON.stringify(given.slice(0, 100))}; it must be one of ${words.join(', ')}.`,
  );
}

/** @throws DomainError `INVALID_ARGUMENT` where it is absent or given more than once */
export function requiredParameter(request: FastifyRequest, name: string): string {
  const value = optionalParameter(request, name);
  if (value === undefined) throw invalidArgument(`The parameter ${name} is missing, as in ?${name}=...`);
  return value;
}
