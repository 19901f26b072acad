import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import type { TLSSocket } from 'node:tls';

const MOST_BODY = 1_000_000;
const USER_AGENT = 'oxicount (doctor)';

/** What a server answered. */
export interface WebAnswer {
  readonly status: number;
  /** In lower case; those that came several times are joined by commas. */
  readonly headers: Readonly<Record<string, string>>;
  /** Its beginning, of one million bytes at most. */
  readonly body: string;
  /** Until the headers were there, in milliseconds. */
  readonly tookMs: number;
  /** When they were there, in milliseconds since the epoch. */
  readonly at: number;
  /** Until when the certificate of the server is valid; null without TLS. */
  readonly certificateEndsAt: number | null;
  /** The port that it was asked from. */
  readonly localPort: number;
}

export interface WebRequest {
  readonly signal: AbortSignal;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Asks a server, follows no redirect, and rejects where there is no answer. */
export type Web = (url: string, request: WebRequest) => Promise<WebAnswer>;

export const askWeb: Web = (url, { signal, headers = {} }) =>
  new Promise((resolve, reject) => {
    const began = performance.now();
    const request = (url.startsWith('https:') ? requestHttps : requestHttp)(url, {
      // A connection of its own: what is asked must not depend on what was asked before.
      agent: false,
      signal,
      headers: { 'user-agent': USER_AGENT, accept: 'text/html,application/json,*/*;q=0.8', ...headers },
    });
    request.on('error', reject);
    request.on('response', (response) => {
      const { socket } = response;
      const got = {
        status: response.statusCode ?? 0,
        headers: Object.fromEntries(
          Object.entries(response.headersDistinct).map(([name, values]) => [name, (values ?? []).join(', ')]),
        ),
        tookMs: performance.now() - began,
        at: Date.now(),
        certificateEndsAt: endOf(socket as Partial<TLSSocket>),
        localPort: socket.localPort ?? 0,
      };
      const chunks: Buffer[] = [];
      let size = 0;
      const finish = () => resolve({ ...got, body: Buffer.concat(chunks).toString('utf8') });
      response.on('data', (chunk: Buffer) => {
        chunks.push(chunk);
        size += chunk.length;
        if (size < MOST_BODY) return;
        finish();
        request.destroy();
      });
      response.on('end', finish).on('error', reject);
    });
    request.end();
  });

function endOf(socket: Partial<TLSSocket>): number | null {
  const written = socket.getPeerCertificate?.().valid_to;
  return written === undefined ? null : Date.parse(written);
}
