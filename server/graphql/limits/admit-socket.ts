import type { Duplex } from 'node:stream';
import { DomainError } from '../../domain/errors.ts';

/**
 * Holds a place for as long as a socket is open, or answers that there is none: it speaks HTTP so far.
 * @param hold takes a place and returns how to give it back
 * @returns whether there is one
 */
export function admitSocket(socket: Duplex, hold: () => () => void): boolean {
  try {
    socket.once('close', hold());
    return true;
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    // Nobody else listens for its failures by now.
    socket.on('error', () => {});
    socket.write(
      [
        'HTTP/1.1 429 Too Many Requests',
        'connection: close',
        'content-type: text/plain; charset=utf-8',
        `content-length: ${Buffer.byteLength(error.message)}`,
        `oxicount-error: ${error.code}`,
        '',
        error.message,
      ].join('\r\n'),
      () => socket.destroy(),
    );
    return false;
  }
}
