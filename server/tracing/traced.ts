import type { Domain } from '../domain/domain.ts';
import { DomainError } from '../domain/errors.ts';
import type { OriginProbe } from '../domain/ports.ts';
import type { OperationObserver } from '../graphql/observer.ts';
import type { Database } from '../storage/database.ts';
import type { Spans } from './spans.ts';

/** The steps of the domain that readers wait for, each as a span. */
export function tracedDomain(domain: Domain, { around }: Spans): Domain {
  const { visits, votes } = domain;
  return {
    ...domain,
    visits: {
      register: (...given) => around('visits.register', {}, () => visits.register(...given)),
      postSleep: (...given) => around('visits.postSleep', {}, () => visits.postSleep(...given)),
      pageLeft: (...given) => around('visits.pageLeft', {}, () => visits.pageLeft(...given)),
      view: (...given) => around('visits.view', {}, () => visits.view(...given)),
    },
    votes: { ...votes, cast: (...given) => around('votes.cast', {}, () => votes.cast(...given)) },
  };
}

/** A batch stands in the trace of the request that began it, whoever else is in it. */
export function tracedDatabase(database: Database, { around }: Spans): Database {
  const { apply } = database;
  return {
    ...database,
    apply(batch) {
      const { visits, leaves, filtered } = batch;
      const attributes = {
        'db.system.name': database.provider,
        'db.operation.batch.size': visits.length + leaves.length + filtered.length,
      };
      return around('write batch', attributes, () => apply(batch));
    },
  };
}

export function tracedProbe(probe: OriginProbe, { around }: Spans): OriginProbe {
  return (origin, path) => around('ask site', {}, () => probe(origin, path));
}

/** Operations by their type: their names are whatever clients call them. */
export function tracedOperations(observer: OperationObserver, { around }: Spans): OperationObserver {
  return {
    ...observer,
    run: (type, work) =>
      around(`graphql ${type}`, { 'graphql.operation.type': type }, () => observer.run(type, work)),
  };
}

/** What is said of a failure: the code of a refusal, or no more than the class of an error. */
export function kindOf(error: unknown): string {
  if (error instanceof DomainError) return error.code;
  return error instanceof Error ? error.name : 'Error';
}
