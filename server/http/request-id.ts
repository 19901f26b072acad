import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { FromTrustedProxy } from './from-trusted-proxy.ts';

/** What a request is called in answers and in the log: the same each time it is asked for. */
export type RequestIdOf = (request: IncomingMessage) => string;

/** The header of answers, and of requests of trusted proxies. */
export const REQUEST_ID_HEADER = 'x-request-id';

const WELL_FORMED = /^[\w.=+/:-]{8,128}$/;
/** Version, trace, span and flags: W3C Trace Context, 3.2. */
const TRACE_PARENT = /^[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}/;

/**
 * A trusted proxy says what it calls a request, with `X-Request-Id` or else with the trace of `traceparent`. For
 * anybody else one is made up, since what strangers send would stand in the log.
 */
export function createRequestIds(fromTrustedProxy: FromTrustedProxy): RequestIdOf {
  const known = new WeakMap<IncomingMessage, string>();

  function given(request: IncomingMessage): string | undefined {
    const { headers } = request;
    const id = headers[REQUEST_ID_HEADER];
    const parent = headers['traceparent'];
    if ((id === undefined && parent === undefined) || !fromTrustedProxy(request)) return undefined;
    if (typeof id === 'string' && WELL_FORMED.test(id)) return id;
    return TRACE_PARENT.exec(String(parent))?.[1];
  }

  return (request) => {
    let id = known.get(request);
    if (id === undefined) {
      id = given(request) ?? randomUUID();
      known.set(request, id);
    }
    return id;
  };
}
