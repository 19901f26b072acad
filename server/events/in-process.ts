import type { CommitListener, EventBus } from '../domain/ports.ts';

/** The bus of an instance that is one process. */
export function createInProcessBus(): EventBus {
  const listeners = new Set<CommitListener>();
  return {
    publish(visits) {
      for (const listener of listeners) listener(visits);
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
