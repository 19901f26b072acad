import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** Stands between a program and a server, and can take the server away. */
export interface TcpProxy {
  readonly port: number;
  /** Ends all connections, and every new one at once. */
  cut(): void;
  /** Keeps connections open and carries nothing more on them. */
  stall(): void;
  restore(): void;
  /** Ends all connections, and takes new ones to another server from now on. */
  follow(target: Target): void;
  close(): Promise<void>;
}

export interface Target {
  readonly host: string;
  readonly port: number;
}

export async function startTcpProxy(first: Target): Promise<TcpProxy> {
  let target = first;
  const sockets = new Set<Socket>();
  let away = false;
  let stalled = false;

  const server = createServer((inner) => {
    if (away) {
      inner.destroy();
      return;
    }
    const outer = connect(target);
    for (const [from, to] of [
      [inner, outer],
      [outer, inner],
    ] as const) {
      sockets.add(from);
      from.on('data', (bytes) => {
        if (!stalled) to.write(bytes);
      });
      from.on('error', () => {});
      from.on('close', () => {
        sockets.delete(from);
        to.destroy();
      });
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

  const endAll = () => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    port: (server.address() as AddressInfo).port,
    cut() {
      away = true;
      endAll();
    },
    stall() {
      stalled = true;
    },
    restore() {
      away = false;
      // What was swallowed cannot be brought back, so the peers have to begin anew.
      if (stalled) endAll();
      stalled = false;
    },
    follow(next) {
      target = next;
      endAll();
    },
    close: () =>
      new Promise((resolve) => {
        endAll();
        server.close(() => resolve());
      }),
  };
}
