import type { CommitListener, EventBus } from '../domain/ports.ts';

/**
 * The bus of an instance that is one process.
 * @param failed told of a listener that throws; the others hear all the same
 */
export function createInProcessBus(failed: (error: unknown) => void): EventBus {
  const listeners = new Set<CommitListener>();
  return {
    publish(commit) {
      for (const listener of listeners) {
        try {
          listener(commit);
        } catch (error) {
          failed(error);
        }
      }
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
