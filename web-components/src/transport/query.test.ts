import { describe, expect, it } from 'vitest';
import { createAsk, query } from './query.ts';

const operation = { endpoint: 'https://count.example/graphql', query: '{ sites { id } }' };
const answering = (body: string, status = 200) => createAsk(async () => new Response(body, { status }));

describe('a query', () => {
  it('resolves to the data', async () => {
    const ask = answering('{"data":{"sites":[]}}');
    expect(await query(ask, operation)).toEqual({ sites: [] });
  });

  it('sends neither cookies nor the address of the page', async () => {
    let sent: Request | undefined;
    const ask = createAsk(async (request) => {
      sent = request;
      return new Response('{"data":{}}');
    });
    await query(ask, operation);
    expect(sent?.credentials).toBe('omit');
    expect(sent?.referrerPolicy).toBe('no-referrer');
  });

  it('fails with the code that the service gave, whatever the status', async () => {
    const ask = answering('{"errors":[{"message":"away","extensions":{"code":"UNAVAILABLE"}}]}', 503);
    await expect(query(ask, operation)).rejects.toMatchObject({ code: 'UNAVAILABLE', passing: true });
  });

  it('tells a service that does not answer from one that answers nonsense', async () => {
    const away = createAsk(() => Promise.reject(new TypeError('Failed to fetch')));
    await expect(query(away, operation)).rejects.toMatchObject({ code: 'UNREACHABLE' });
    await expect(query(answering('<h1>Bad gateway', 502), operation)).rejects.toMatchObject({
      code: 'UNEXPECTED_ANSWER',
      message: 'The service answered with status 502 and no data.',
    });
  });
});
