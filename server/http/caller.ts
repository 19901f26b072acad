import type { IncomingMessage } from 'node:http';
import type { Caller } from '../domain/sites.ts';

/** Who makes a request. Browsers send `Origin` with all but same-origin GET requests, and pages cannot forge it. */
export function callerOf(request: IncomingMessage): Caller {
  return { origin: request.headers.origin ?? null };
}
