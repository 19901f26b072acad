import type { BusObserver } from '../events/observer.ts';
import type { Instruments } from './instruments.ts';

/** Measures what processes tell each other. */
export function measureBus({ counter, histogram }: Instruments): BusObserver {
  const events = counter('oxicount_events_total');
  const gaps = counter('oxicount_event_gaps_total');
  const lag = histogram('oxicount_event_lag_seconds');
  return {
    sent: () => events({ direction: 'sent' }),
    lost: () => events({ direction: 'lost' }),
    received(lagMs) {
      events({ direction: 'received' });
      // Clocks of two machines are never quite the same.
      if (lagMs !== null) lag({}, Math.max(0, lagMs) / 1_000);
    },
    missed: () => gaps({}),
  };
}
