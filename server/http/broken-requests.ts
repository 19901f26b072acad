import type { Socket } from 'node:net';

/** What Node says of a connection that it could not read a request from, and how that is answered. */
const ANSWERS: Readonly<Record<string, { readonly status: string; readonly message: string }>> = {
  HPE_HEADER_OVERFLOW: {
    status: '431 Request Header Fields Too Large',
    message: 'The headers are longer than 16 KiB.',
  },
  ERR_HTTP_REQUEST_TIMEOUT: { status: '408 Request Timeout', message: 'The request did not arrive in time.' },
};
const OTHERWISE = { status: '400 Bad Request', message: 'This is not a request of HTTP.' };

/** Answers those whose request never became one, and closes the connection. */
export function answerBrokenRequest(
  error: NodeJS.ErrnoException,
  { socket, headers }: { readonly socket: Socket; readonly headers: Readonly<Record<string, string>> },
): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const { status, message } = ANSWERS[error.code ?? ''] ?? OTHERWISE;
  const all = {
    ...headers,
    'content-type': 'text/plain; charset=utf-8',
    'content-length': String(Buffer.byteLength(message)),
    connection: 'close',
  };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}`);
  socket.write(`HTTP/1.1 ${[status, ...lines].join('\r\n')}\r\n\r\n${message}`);
  // A peer that does not close its side would keep the socket.
  socket.destroySoon();
}
