import { ApolloClient, HttpLink, InMemoryCache } from '@apollo/client';
import { Client, fetchExchange } from '@urql/core';
import { GraphQLClient } from 'graphql-request';
import { expect, test } from 'vitest';
import * as documents from '../../sdk/src/generated/documents.ts';
import * as operations from '../../sdk/src/generated/operations.ts';
import { createClient } from '../../sdk/src/index.ts';
import { urqlOf } from '../../sdk/src/urql.ts';
import { startTestService } from '../support/service.ts';

/** Runs an operation with a client, and gives its data. */
type Run = (
  document: (typeof documents)[keyof typeof documents],
  variables: Record<string, unknown>,
) => Promise<unknown>;

const CLIENTS: Record<string, (url: string) => Run> = {
  urql(url) {
    const client = new Client({ url, exchanges: [fetchExchange] });
    return async (document, variables) => {
      const { data, error } = await client[kindOf(document)](document as never, variables);
      if (error) throw error;
      return data;
    };
  },
  'graphql-request'(url) {
    const client = new GraphQLClient(url);
    return (document, variables) => client.request(document as never, variables);
  },
  'Apollo Client'(url) {
    const client = new ApolloClient({ link: new HttpLink({ uri: url }), cache: new InMemoryCache() });
    return async (document, variables) => {
      const { data } = await (kindOf(document) === 'mutation'
        ? client.mutate({ mutation: document as never, variables })
        : client.query({ query: document as never, variables, fetchPolicy: 'no-cache' }));
      return data;
    };
  },
};

test.each(Object.entries(CLIENTS))('%s runs the exported documents', async (_name, create) => {
  const { url } = await startTestService();
  const run = create(`${url}/graphql`);
  const path = '/a';
  const registered = await run(documents.RegisterDocument, { path });
  const { visitId } = (registered as { register: { visitId: string } }).register;
  expect(await run(documents.PostSleepDocument, { visitId })).toMatchObject({ postSleep: { counted: true } });
  expect(await run(documents.PageLeftDocument, { visitId, secondsOnPage: 0 })).toMatchObject({
    pageLeft: { spentSeconds: 0 },
  });
  expect(await run(documents.CountDocument, { path })).toMatchObject({ count: 1 });
  expect(await run(documents.CountsDocument, {})).toMatchObject({ counts: [{ path, count: 1 }] });
  expect(await run(documents.HistoryDocument, { path, first: 1 })).toMatchObject({
    history: { totalCount: 1, edges: [{ node: { path } }] },
  });
  const filter = { page: path };
  expect(await run(documents.StatsDocument, { filter })).toMatchObject({
    stats: { totals: { visits: 1 }, comparison: { change: { visits: null } } },
  });
  expect(await run(documents.SeriesDocument, { range: { preset: 'TODAY' }, interval: 'DAY' })).toMatchObject({
    stats: { series: [{ figures: { pixelViews: 0 } }] },
  });
  expect(await run(documents.TopDocument, { dimension: 'PAGE', filter })).toMatchObject({
    stats: { top: { edges: [{ node: { value: path, figures: { visits: 1 } } }] } },
  });
  expect(await run(documents.FilteredHitsDocument, {})).toMatchObject({
    stats: { filteredHits: Array(5).fill({ hits: 0, days: [] }) },
  });
  expect(await run(documents.RealTimeDocument, { path })).toMatchObject({ realTime: { pages: [] } });
  expect(await run(documents.SiteDocument, {})).toMatchObject({ site: { id: 'blog' } });
  expect(await run(documents.SitesDocument, {})).toMatchObject({ sites: [{ id: 'blog' }] });
});

test('their types go along', async () => {
  const { url } = await startTestService();
  const variables = { path: '/a' };
  const graphqlRequest = new GraphQLClient(`${url}/graphql`);
  const first: number = (await graphqlRequest.request(documents.CountDocument, variables)).count;
  const apollo = new ApolloClient({
    link: new HttpLink({ uri: `${url}/graphql` }),
    cache: new InMemoryCache(),
  });
  const second = (await apollo.query({ query: documents.CountDocument, variables })).data?.count satisfies
    | number
    | undefined;
  const urql = new Client({ url: `${url}/graphql`, exchanges: [fetchExchange] });
  const third = (await urql.query(documents.CountDocument, variables)).data?.count satisfies
    | number
    | undefined;
  expect([first, second, third]).toEqual([0, 0, 0]);
});

test('the urql of a client runs them too, subscriptions as server-sent events', async () => {
  const service = await startTestService();
  const urql = urqlOf(createClient({ url: service.url }));
  const counts: unknown[] = [];
  const { unsubscribe } = urql
    .subscription(documents.LiveCountDocument, { path: '/a' })
    .subscribe(({ data }) => counts.push(data?.count));
  await expect.poll(() => counts).toEqual([0]);
  await service.visit('/a');
  await expect.poll(() => counts).toEqual([0, 1]);
  unsubscribe();
});

test('plain fetch runs the exported strings', async () => {
  const { url } = await startTestService();
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: operations.count, variables: { path: '/a' } }),
  });
  expect(await response.json()).toEqual({ data: { count: 0 } });
});

function kindOf(document: unknown): 'query' | 'mutation' | 'subscription' {
  const { definitions } = document as { definitions: readonly { operation?: string }[] };
  return definitions[0]?.operation as 'query';
}
