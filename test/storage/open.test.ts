import type { AddressInfo, Socket } from 'node:net';
import { createServer } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { OpenError, openDatabase } from '../../server/storage/open.ts';
import { postgresqlAbsence, serverUrl } from '../support/postgresql.ts';

/** The message of a database that cannot be opened. */
async function messageOf(url: string): Promise<string> {
  const error = await openDatabase({ provider: 'postgresql', url }).then(
    async ({ database }) => {
      await database.close();
      return new Error('it was opened');
    },
    (reason) => reason,
  );
  expect(error).toBeInstanceOf(OpenError);
  return error.message;
}

/** A port on which something else than PostgreSQL listens, or nothing. */
async function portWhere(connected: (socket: Socket) => void, listening = true): Promise<number> {
  const server = createServer((socket) => {
    socket.on('error', () => {});
    connected(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  if (listening) onTestFinished(() => void server.close());
  else await new Promise((resolve) => server.close(resolve));
  return port;
}

describe('a PostgreSQL database that cannot be opened is named in the message, without its password', () => {
  test('where no server runs', async () => {
    const port = await portWhere(() => {}, false);
    const message = await messageOf(`postgresql://me:hunter2@127.0.0.1:${port}/blog`);
    expect(message).toContain(`postgresql://me:***@127.0.0.1:${port}/blog`);
    expect(message).toContain('Is the server running, and is this its address?');
    expect(message).not.toContain('hunter2');
  });

  test('where the password is given as a parameter', async () => {
    const port = await portWhere(() => {}, false);
    const message = await messageOf(`postgresql://me@127.0.0.1:${port}/blog?password=hunter2`);
    expect(message).toContain(`127.0.0.1:${port}/blog`);
    expect(message).not.toContain('hunter2');
  });

  test('where something else hangs up', async () => {
    const port = await portWhere((socket) => socket.end());
    expect(await messageOf(`postgresql://me:hunter2@127.0.0.1:${port}/blog`)).toContain(
      `postgresql://me:***@127.0.0.1:${port}/blog`,
    );
  });

  test('where something else answers', async () => {
    const port = await portWhere((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
    expect(await messageOf(`postgresql://me:hunter2@127.0.0.1:${port}/blog`)).toContain(`127.0.0.1:${port}`);
  });

  test('where something accepts and never answers', async () => {
    const sockets: Socket[] = [];
    const port = await portWhere((socket) => sockets.push(socket));
    onTestFinished(() => {
      for (const socket of sockets) socket.destroy();
    });
    expect(await messageOf(`postgresql://me:hunter2@127.0.0.1:${port}/blog`)).toContain(`127.0.0.1:${port}`);
  });
});

const absence = await postgresqlAbsence();

describe('a PostgreSQL server that runs', () => {
  if (absence) {
    test.skip(`skipped: ${absence}`, () => {});
    return;
  }

  function urlWith(change: (url: URL) => void): string {
    const url = new URL(serverUrl);
    change(url);
    return url.href;
  }

  test('and has no such database says how to make it', async () => {
    const message = await messageOf(
      urlWith((url) => {
        url.pathname = '/oxicount_no_such_database';
      }),
    );
    expect(message).toContain('oxicount_no_such_database');
    expect(message).toContain('Create the database first');
  });
});
