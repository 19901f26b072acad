import type { ExecutionResult } from 'graphql';
import type { WebSocket } from 'ws';
import { withoutHttp } from '../without-http.ts';

/** As JSON; results that many subscribers share are encoded once. */
const encoded = new WeakMap<ExecutionResult, string>();

/**
 * Sends the results of a subscription as messages of `graphql-transport-ws`, and yields none of them: what yields them
 * would have each encoded for each subscriber. It ends and fails as the results do.
 *
 * @see https://github.com/enisdenjo/graphql-ws/blob/master/PROTOCOL.md#next
 */
export function pushResults(
  results: AsyncGenerator<ExecutionResult>,
  id: string,
  socket: WebSocket,
): AsyncGenerator<never> {
  const head = `{"id":${JSON.stringify(id)},"type":"next","payload":`;

  /** Resolves when it has left, so that who is slow gets no more than he takes. */
  function send(result: ExecutionResult): Promise<void> | undefined {
    if (socket.readyState !== socket.OPEN) return undefined;
    return new Promise((sent) => socket.send(`${head}${encode(result)}}`, () => sent()));
  }

  const pushed = {
    async next() {
      for (;;) {
        const { done, value } = await results.next();
        if (done) return { done, value: undefined };
        await send(value);
      }
    },
    return: (value: unknown) => results.return(value),
    throw: (error: unknown) => results.throw(error),
    [Symbol.asyncIterator]: () => pushed,
  };
  return pushed as AsyncGenerator<never>;
}

function encode(result: ExecutionResult): string {
  let json = encoded.get(result);
  if (json === undefined) {
    const { data = null, errors } = result;
    json = JSON.stringify(
      errors ? { data, errors: errors.map((error) => withoutHttp(error).toJSON()) } : result,
    );
    encoded.set(result, json);
  }
  return json;
}
