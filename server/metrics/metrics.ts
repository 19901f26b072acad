import type { FastifyInstance } from 'fastify';
import type { Domain } from '../domain/domain.ts';
import type { OriginProbe } from '../domain/ports.ts';
import type { BusObserver } from '../events/observer.ts';
import type { OperationObserver } from '../graphql/observer.ts';
import type { Database } from '../storage/database.ts';
import type { WriterObserver } from '../storage/writer.ts';
import { measureBus } from './bus.ts';
import type { Report } from './exposition.ts';
import { createInstruments } from './instruments.ts';
import { type MeasuredLimits, measureLimits } from './limits.ts';
import { measureOperations } from './operations.ts';
import { measureProbe } from './probe.ts';
import { measureRequests } from './requests.ts';
import { type Build, measureMaintenance, showState } from './state.ts';
import { type MeasuredTracking, measureTracking } from './tracking.ts';
import { measureWriter } from './writer.ts';

/**
 * What this process measures of itself. Each part is put around, or told by, the one that it measures, where the
 * service is put together: none of them knows that it is measured.
 */
export interface Metrics {
  readonly bus: BusObserver;
  readonly writer: WriterObserver;
  readonly operations: OperationObserver;
  readonly tracking: Pick<MeasuredTracking, 'storage' | 'committed'>;
  readonly budgets: MeasuredLimits['budgets'];
  requests(app: FastifyInstance): void;
  probe(probe: OriginProbe): OriginProbe;
  /** The domain as edges are to have it; what it stands on is shown from then on. */
  domain(domain: Domain, on: { readonly build: Build; readonly database: Pick<Database, 'load'> }): Domain;
  report(): Promise<Report>;
}

/** @param graphqlCodes the codes of errors that GraphQL has besides those of the domain */
export function createMetrics(graphqlCodes: readonly string[]): Metrics {
  const instruments = createInstruments();
  const tracking = measureTracking(instruments);
  const limits = measureLimits(instruments);
  return {
    bus: measureBus(instruments),
    writer: measureWriter(instruments),
    operations: measureOperations(instruments, graphqlCodes),
    tracking,
    budgets: limits.budgets,
    requests: measureRequests(instruments),
    probe: (probe) => measureProbe(instruments, probe),
    domain(domain, { build, database }) {
      showState(instruments, { build, database, domain });
      return {
        ...tracking.domain(domain),
        limits: limits.limits(domain.limits),
        maintenance: measureMaintenance(instruments, domain.maintenance),
      };
    },
    report: () => instruments.registry.getMetricsAsJSON(),
  };
}
