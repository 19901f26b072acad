import { connect, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';

/** A connection that sends what it is told to, and keeps what it hears. */
export interface RawSocket {
  readonly socket: Socket;
  /** Everything that was answered, once the other side has closed it. */
  readonly closed: Promise<string>;
}

/** Opens a connection to a service and sends bytes that need not be HTTP. */
export async function openRaw(url: string, bytes: string): Promise<RawSocket> {
  const { hostname, port } = new URL(url);
  const socket = connect({ port: Number(port), host: hostname, allowHalfOpen: true });
  onTestFinished(() => void socket.destroy());
  let heard = '';
  socket.setEncoding('latin1').on('data', (chunk) => {
    heard += chunk;
  });
  const closed = new Promise<string>((resolve) => {
    // A connection that is reset was closed all the same.
    socket.on('error', () => {}).on('close', () => resolve(heard));
    socket.on('end', () => socket.end());
  });
  await new Promise((resolve) => socket.once('connect', resolve));
  socket.write(bytes);
  return { socket, closed };
}

/** A text message as a client sends it over a WebSocket: masked, here with nought. */
export function textFrame(text: string): Buffer {
  const payload = Buffer.from(text);
  const length =
    payload.length < 126
      ? Buffer.from([0x80 | payload.length])
      : Buffer.from([0x80 | 126, payload.length >> 8, payload.length & 255]);
  return Buffer.concat([Buffer.from([0x81]), length, Buffer.alloc(4), payload]);
}

/** What opens a WebSocket. */
export function upgrade(url: string, headers = ''): string {
  return [
    'GET /graphql HTTP/1.1',
    `host: ${new URL(url).host}`,
    'connection: upgrade',
    'upgrade: websocket',
    'sec-websocket-version: 13',
    'sec-websocket-key: AAAAAAAAAAAAAAAAAAAAAA==',
    'sec-websocket-protocol: graphql-transport-ws',
    ...(headers === '' ? [] : [headers]),
    '',
    '',
  ].join('\r\n');
}

/** Opens a WebSocket that was greeted, and reads nothing from then on. */
export async function openUnread(url: string): Promise<RawSocket> {
  const opened = await openRaw(url, upgrade(url));
  const greeted = new Promise<void>((resolve) => {
    opened.socket.on('data', (text) => {
      if (String(text).includes('connection_ack')) resolve();
    });
  });
  opened.socket.write(textFrame(JSON.stringify({ type: 'connection_init' })));
  await greeted;
  opened.socket.pause();
  return opened;
}
