import type { IncomingMessage } from 'node:http';
import type { FastifyInstance } from 'fastify';

type Connection = IncomingMessage['socket'];

/** How long a stop waits for requests that are being answered. */
const STOP_MS = 5_000;
/** Long enough for a request that is on its way to hear that the service stops. */
const SWEEP_MS = 200;

/**
 * Makes a stop end in time. Node waits for connections on which no request ever came, as browsers open ahead of need,
 * for those that were busy when the stop began and are kept alive since, and for requests that are never completed.
 */
export function closeInTime(app: FastifyInstance): void {
  const unused = new Set<Connection>();
  app.server.on('connection', (socket: Connection) => {
    unused.add(socket);
    socket.once('close', () => unused.delete(socket));
  });
  app.server.on('request', ({ socket }) => unused.delete(socket));
  app.server.on('upgrade', ({ socket }) => unused.delete(socket));

  let sweeping: NodeJS.Timeout | undefined;
  let forced: NodeJS.Timeout | undefined;
  app.addHook('preClose', async () => {
    sweeping = setInterval(() => {
      app.server.closeIdleConnections();
      for (const socket of unused) socket.destroy();
    }, SWEEP_MS);
    forced = setTimeout(() => app.server.closeAllConnections(), STOP_MS);
  });
  app.addHook('onClose', async () => {
    clearInterval(sweeping);
    clearTimeout(forced);
  });
}
