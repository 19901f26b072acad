import { AggregatorRegistry, Registry, type RegistryContentType } from 'prom-client';

/** What one process measured, as it goes from worker to worker. */
export type Report = Awaited<ReturnType<Registry['getMetricsAsJSON']>>;

/** An answer to a scrape. */
export interface Exposition {
  readonly contentType: string;
  readonly text: string;
}

/**
 * Writes what several processes measured as what one did, in the format that is asked for.
 * @param accept the header of that name: OpenMetrics where it names it, else the text format of Prometheus
 */
export async function expose(reports: readonly Report[], accept: string): Promise<Exposition> {
  const openMetrics = accept.includes('application/openmetrics-text');
  // Its families of counters are named without the ending, which the library then adds to each sample.
  const named = openMetrics ? reports.map((report) => report.map(withoutEnding)) : reports;
  const contentType = openMetrics ? Registry.OPENMETRICS_CONTENT_TYPE : Registry.PROMETHEUS_CONTENT_TYPE;
  const registry = AggregatorRegistry.aggregate([
    ...named,
  ] as object[][]) as unknown as Registry<RegistryContentType>;
  registry.setContentType(contentType);
  return { contentType, text: await registry.metrics() };
}

function withoutEnding(metric: Report[number]): Report[number] {
  const isCounter = String(metric.type) === 'counter';
  return isCounter ? { ...metric, name: metric.name.replace(/_total$/, '') } : metric;
}
