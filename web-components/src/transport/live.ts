import { type Live, type LiveListener, LiveStream, type World } from './live-stream.ts';
import type { Operation } from './query.ts';

/**
 * Subscriptions for one page: listeners that ask for the same thing share one stream, which ends with the last of
 * them. Browsers allow few connections to one host, and another open tab of the same site may need them too.
 */
export function createLive(world: World): Live {
  const streams = new Map<string, LiveStream>();

  return (operation: Operation, listener: LiveListener) => {
    const key = JSON.stringify([operation.endpoint, operation.query, operation.variables ?? {}]);
    let stream = streams.get(key);
    if (!stream) {
      stream = new LiveStream(world, operation);
      streams.set(key, stream);
    }
    const shared = stream;
    shared.add(listener);
    return () => {
      if (shared.remove(listener) === 0 && streams.get(key) === shared) streams.delete(key);
    };
  };
}
