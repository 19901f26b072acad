import type { ExecutionResult } from 'graphql';
import { GraphQLError } from 'graphql';
import { expect, test } from 'vitest';
import type { WebSocket } from 'ws';
import { pushResults } from './push-results.ts';

function createSocket() {
  const sent: unknown[] = [];
  const socket = {
    OPEN: 1,
    readyState: 1,
    send(message: string, left: () => void) {
      sent.push(JSON.parse(message));
      left();
    },
  };
  return {
    sent,
    socket: socket as unknown as WebSocket,
    close: () => Object.assign(socket, { readyState: 3 }),
  };
}

async function* results(...all: ExecutionResult[]) {
  yield* all;
}

test('a result that many share is encoded once, in a message of each', async () => {
  let encodings = 0;
  const count = {
    toJSON() {
      encodings += 1;
      return 7;
    },
  };
  const result = { data: { count } };
  const { sent, socket } = createSocket();
  for (const id of ['a', 'b "quoted"'])
    expect((await pushResults(results(result), id, socket).next()).done).toBe(true);
  expect(sent).toEqual([
    { id: 'a', type: 'next', payload: { data: { count: 7 } } },
    { id: 'b "quoted"', type: 'next', payload: { data: { count: 7 } } },
  ]);
  expect(encodings).toBe(1);
});

test('an error is told without what it says to HTTP', async () => {
  const error = new GraphQLError('No.', { extensions: { code: 'FORBIDDEN', http: { status: 403 } } });
  const { sent, socket } = createSocket();
  await pushResults(results({ errors: [error] }), '1', socket).next();
  expect(sent).toEqual([
    {
      id: '1',
      type: 'next',
      payload: { data: null, errors: [{ message: 'No.', extensions: { code: 'FORBIDDEN' } }] },
    },
  ]);
});

test('nothing is sent to a socket that is closed, and a failure of the results goes on', async () => {
  async function* failing() {
    yield { data: null };
    throw new Error('away');
  }
  const { sent, socket, close } = createSocket();
  close();
  await expect(pushResults(failing(), '1', socket).next()).rejects.toThrow('away');
  expect(sent).toEqual([]);
});
