import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { type LabelsOf, type MetricName, metricOf, type NameOf } from './catalogue.ts';

/** What a gauge stands at, with its labels. */
export interface Reading<N extends MetricName> {
  readonly labels: LabelsOf<N>;
  readonly value: number;
}
type Read<N extends MetricName> = () => readonly Reading<N>[] | Promise<readonly Reading<N>[]>;

/**
 * Makes the metrics of the catalogue in a registry of its own. What is counted costs an addition where it happens; what
 * stands somewhere already is read when somebody asks.
 */
export interface Instruments {
  counter<N extends NameOf<'counter'>>(name: N): (labels: LabelsOf<N>, by?: number) => void;
  histogram<N extends NameOf<'histogram'>>(name: N): (labels: LabelsOf<N>, value: number) => void;
  /** @param read called at each scrape; what it does not tell of is absent. One that fails tells of nothing */
  gauge<N extends NameOf<'gauge'>>(name: N, read: Read<N>): void;
  /** As {@link gauge}, for a number that is counted elsewhere and only grows. */
  countedElsewhere<N extends NameOf<'counter'>>(name: N, read: Read<N>): void;
  readonly registry: Registry;
}

export function createInstruments(): Instruments {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });

  function common(name: MetricName) {
    const { help, labels, ofWorkers: aggregator = 'sum' as const } = metricOf(name);
    return { name, help, labelNames: [...labels], registers: [registry], aggregator };
  }

  async function readings<N extends MetricName>(read: Read<N>): Promise<readonly Reading<N>[]> {
    try {
      return await read();
    } catch {
      return [];
    }
  }

  return {
    counter(name) {
      const counter = new Counter(common(name));
      // One without labels is there from the beginning; the others when there is something to count.
      return (labels, by = 1) => counter.inc(labels, by);
    },
    histogram(name) {
      const histogram = new Histogram({ ...common(name), buckets: [...(metricOf(name).buckets ?? [])] });
      return (labels, value) => histogram.observe(labels, value);
    },
    gauge(name, read) {
      new Gauge({
        ...common(name),
        async collect() {
          const standing = await readings(read);
          this.reset();
          // One without labels is 0 after a reset.
          if (metricOf(name).labels.length === 0) this.remove();
          for (const { labels, value } of standing) this.set(labels, value);
        },
      });
    },
    countedElsewhere(name, read) {
      new Counter({
        ...common(name),
        async collect() {
          const standing = await readings(read);
          this.reset();
          for (const { labels, value } of standing) this.inc(labels, value);
        },
      });
    },
    registry,
  };
}
