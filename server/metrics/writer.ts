import type { WriterObserver } from '../storage/writer.ts';
import type { Instruments } from './instruments.ts';

/** Measures the batches that are written. */
export function measureWriter({ counter, histogram, gauge }: Instruments): WriterObserver {
  const size = histogram('oxicount_writer_batch_size');
  const duration = histogram('oxicount_writer_commit_duration_seconds');
  const refused = counter('oxicount_writer_refused_total');
  return {
    watching: (waiting) => gauge('oxicount_writer_queue_length', () => [{ labels: {}, value: waiting() }]),
    wrote(entries, ms, outcome) {
      size({}, entries);
      duration({ outcome }, ms / 1_000);
    },
    full: () => refused({}),
  };
}
