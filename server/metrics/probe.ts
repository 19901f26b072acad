import type { OriginProbe } from '../domain/ports.ts';
import type { Instruments } from './instruments.ts';

/** Counts and times what sites are asked. */
export function measureProbe({ counter, histogram, gauge }: Instruments, probe: OriginProbe): OriginProbe {
  const validations = counter('oxicount_page_validations_total');
  const duration = histogram('oxicount_page_validation_duration_seconds');
  let inFlight = 0;
  gauge('oxicount_page_validations_in_flight', () => [{ labels: {}, value: inFlight }]);
  return async (origin, path) => {
    const begun = performance.now();
    inFlight += 1;
    try {
      const outcome = await probe(origin, path);
      validations({ outcome });
      return outcome;
    } finally {
      inFlight -= 1;
      duration({}, (performance.now() - begun) / 1_000);
    }
  };
}
