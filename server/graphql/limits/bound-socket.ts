import type { WebSocket } from 'ws';
import { LIMITS } from './limits.ts';

/**
 * Ends a socket that asks and does not read. What is pushed waits for its turn by itself, one value a subscription;
 * the answers to questions, of which there can be any number, do not.
 */
export function boundSocket(client: WebSocket): void {
  const endUnlessRead = () => {
    if (client.bufferedAmount > LIMITS.unreadBytes) client.terminate();
  };
  client.on('message', endUnlessRead);
  client.on('ping', endUnlessRead);
  // What a client does wrong closes its socket, and is nothing to print.
  client.removeAllListeners('error');
  client.on('error', () => {});
}
