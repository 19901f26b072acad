import { readFileSync } from 'node:fs';
import { parse } from 'graphql';
import { createClient } from 'graphql-ws';
import { expect, test } from 'vitest';
import WebSocket from 'ws';
import { ask } from '../support/graphql.ts';
import { startTestService } from '../support/service.ts';

const page = readFileSync(new URL('../../server/docs/graphql.md', import.meta.url), 'utf8');
const examples = [...page.matchAll(/```graphql\n([\s\S]+?)```/g)].map(([, code = '']) => code);

test('every example of the page on GraphQL is answered', async () => {
  const service = await startTestService();
  await service.visit('/posts/hello', { referrer: 'https://news.example' });
  expect(examples.length).toBeGreaterThan(4);
  for (const query of examples) {
    const [definition] = parse(query).definitions;
    const live = definition?.kind === 'OperationDefinition' && definition.operation === 'subscription';
    const result = live ? await firstOf(service.url, query) : await ask(service.url, query);
    expect(result.errors, query).toBeUndefined();
    expect(Object.values(result.data ?? {}), query).not.toContain(null);
  }
});

/** What a subscription pushes first. */
async function firstOf(url: string, query: string) {
  const client = createClient({ url: `${url.replace('http', 'ws')}/graphql`, webSocketImpl: WebSocket });
  try {
    for await (const result of client.iterate({ query })) return result;
    throw new Error('it ended');
  } finally {
    await client.dispose();
  }
}
