import type { Change, Commit, CommitListener, EventBus } from '../domain/ports.ts';

/** The bus of one process, which others may stand behind. */
export interface LocalBus extends EventBus {
  /** Tells that something of another process may have been lost. */
  miss(): void;
}

/**
 * The bus of an instance that is one process.
 * @param failed told of a listener that throws; the others hear all the same
 */
export function createInProcessBus(failed: (error: unknown) => void): LocalBus {
  const subscribers = new Set<{ readonly listener: CommitListener; readonly missed: () => void }>();
  const keepers = new Set<(change: Change) => void>();

  function tell<Listener>(listeners: Iterable<Listener>, told: (listener: Listener) => void): void {
    for (const listener of listeners) {
      try {
        told(listener);
      } catch (error) {
        failed(error);
      }
    }
  }

  function announce(change: Change): void {
    tell(keepers, (keeper) => keeper(change));
  }

  return {
    publish(commit: Commit) {
      tell(subscribers, ({ listener }) => listener(commit));
    },
    subscribe(listener, missed) {
      const subscriber = { listener, missed };
      subscribers.add(subscriber);
      return () => subscribers.delete(subscriber);
    },
    announce,
    onChange(listener) {
      keepers.add(listener);
    },
    miss() {
      announce({ of: 'anything' });
      tell(subscribers, ({ missed }) => missed());
    },
    reach: () => 'this process',
  };
}
