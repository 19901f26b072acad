import { createHash } from 'node:crypto';
import type { FastifyRequest } from 'fastify';

/** Names what is answered, so that whoever has it already need not be sent it again. */
export function etagOf(body: string): string {
  return `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`;
}

/** Whether the client has it already; also where a proxy made the tag a weak one. */
export function hasAlready(request: FastifyRequest, etag: string): boolean {
  return request.headers['if-none-match']?.includes(etag) ?? false;
}
