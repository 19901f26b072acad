import type { Worker } from 'node:cluster';

/** A connection as Node hands it to a worker. */
interface Handle {
  close(): void;
}

/**
 * Breaks off the connection that was being handed to a worker when that was killed. Node only closes its own end of it
 * once the worker has taken it, so the client would wait for an answer until it loses patience. A handle that was taken
 * is closed already, which may be done again.
 */
export function breakOffWith(worker: Worker): void {
  const { process: child } = worker;
  const send = child.send.bind(child) as (...parameters: unknown[]) => boolean;
  // By listening address: each hands over one connection at a time.
  const last = new Map<unknown, Handle>();
  child.send = (message: object, handle?: unknown, ...more: unknown[]) => {
    if (isHandle(handle)) last.set('key' in message ? message.key : undefined, handle);
    return send(message, handle, ...more);
  };
  worker.on('exit', (code) => {
    // Whoever ends in order has given back what it did not take.
    if (code !== 0) for (const handle of last.values()) handle.close();
  });
}

function isHandle(handle: unknown): handle is Handle {
  return typeof handle === 'object' && handle !== null && 'close' in handle;
}
