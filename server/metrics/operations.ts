import { errorCodes } from '../domain/errors.ts';
import type { OperationObserver } from '../graphql/observer.ts';
import type { Instruments } from './instruments.ts';

/** Counts and times what GraphQL does. */
export function measureOperations(
  { counter, histogram, gauge }: Instruments,
  graphqlCodes: readonly string[],
): OperationObserver {
  const operations = counter('oxicount_graphql_operations_total');
  const duration = histogram('oxicount_graphql_operation_duration_seconds');
  const errors = counter('oxicount_graphql_errors_total');
  const codes = new Set([...Object.keys(errorCodes), ...graphqlCodes]);
  const open = new Map<string, number>();
  gauge('oxicount_subscribers', () => [...open].map(([field, value]) => ({ labels: { field }, value })));

  return {
    async run(type, work) {
      const begun = performance.now();
      try {
        const result = await work();
        operations({ type, outcome: result.errors?.length ? 'errors' : 'ok' });
        return result;
      } catch (error) {
        operations({ type, outcome: 'errors' });
        throw error;
      } finally {
        duration({ type }, (performance.now() - begun) / 1_000);
      }
    },
    subscribed(field) {
      open.set(field, (open.get(field) ?? 0) + 1);
      let over = false;
      return () => {
        if (!over) open.set(field, (open.get(field) ?? 1) - 1);
        over = true;
      };
    },
    refused: (code) => errors({ code: codes.has(code) ? code : 'other' }),
    watching({ sockets, streams }) {
      gauge('oxicount_live_connections', () => [
        { labels: { transport: 'websocket' }, value: sockets() },
        { labels: { transport: 'sse' }, value: streams() },
      ]);
    },
  };
}
