import { lookup } from 'node:dns';
import { type IncomingMessage, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import type { SendOutcome, WebhookSender } from '../domain/alerts/sender.ts';
import { isPublicAddress } from './addresses.ts';

const TIMEOUT_MS = 10_000;
const USER_AGENT = 'oxicount (webhook)';
const NOT_ALLOWED = 'address not allowed';

/** What went wrong, by the code of the error; whatever else it was is told as `connection failed`. */
const PROBLEMS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'connection refused',
  ECONNRESET: 'connection lost',
  ENOTFOUND: 'host not found',
  EAI_AGAIN: 'host not found',
  ETIMEDOUT: 'time limit',
  ABORT_ERR: 'time limit',
  CERT_HAS_EXPIRED: 'certificate not valid',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'certificate not valid',
  ERR_TLS_CERT_ALTNAME_INVALID: 'certificate not valid',
  SELF_SIGNED_CERT_IN_CHAIN: 'certificate not valid',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'certificate not valid',
  OXICOUNT_ADDRESS: NOT_ALLOWED,
};

export interface SenderOptions {
  /** Whether plain http and addresses of this machine and network may be sent to. */
  readonly allowPrivate: boolean;
  /** How long one attempt may take in all, in milliseconds; default: 10,000. */
  readonly timeoutMs?: number;
  /** How names are looked up; default: as the system does. */
  readonly resolve?: typeof lookup;
}

/**
 * Sends over HTTP. Where a name leads is looked up once, checked, and that address connected to, so that a name cannot
 * be one address to the check and another to the connection. Redirects are answers like any other, and nothing is read
 * but headers, which Node bounds (16 KiB).
 */
export function createWebhookSender(options: SenderOptions): WebhookSender {
  const { allowPrivate, timeoutMs = TIMEOUT_MS, resolve = lookup } = options;

  /** Gives connections the addresses that may be connected to, all or none. */
  const checked: LookupFunction = (host, wanted, done) => {
    resolve(host, { ...wanted, all: true }, (error, addresses) => {
      if (error) return done(error, '', 0);
      if (!allowPrivate && addresses.some(({ address }) => !isPublicAddress(address))) {
        return done(Object.assign(new Error(NOT_ALLOWED), { code: 'OXICOUNT_ADDRESS' }), '', 0);
      }
      if (wanted.all) return done(null, addresses);
      const [first] = addresses;
      done(null, first?.address ?? '', first?.family ?? 0);
    });
  };

  function mayBeSentTo({ protocol, hostname }: URL): boolean {
    if (allowPrivate) return true;
    // Where the host is an address, nothing is looked up.
    const host = hostname.replace(/^\[|\]$/g, '');
    return protocol === 'https:' && (isIP(host) === 0 || isPublicAddress(host));
  }

  return async (address, body, headers) => {
    const url = new URL(address);
    if (!mayBeSentTo(url)) return { kind: 'failed', error: NOT_ALLOWED };
    try {
      return outcomeOf(await post(url, body, headers));
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code ?? '';
      return { kind: 'failed', error: PROBLEMS[code] ?? 'connection failed' };
    }
  };

  function post(url: URL, body: string, headers: Readonly<Record<string, string>>): Promise<IncomingMessage> {
    const request = url.protocol === 'https:' ? requestHttps : requestHttp;
    return new Promise((answered, failed) => {
      const sent = request(url, {
        method: 'POST',
        agent: false,
        lookup: checked,
        signal: AbortSignal.timeout(timeoutMs),
        headers: {
          ...headers,
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(body),
          'user-agent': USER_AGENT,
        },
      });
      sent.on('error', failed);
      sent.on('response', (response) => {
        response.on('error', () => {});
        response.destroy();
        answered(response);
      });
      sent.end(body);
    });
  }
}

function outcomeOf({ statusCode = 0, headers }: IncomingMessage): SendOutcome {
  return { kind: 'answered', status: statusCode, retryAfterMs: retryAfterOf(headers['retry-after']) };
}

/** Seconds or a date (RFC 9110, 10.2.3). */
function retryAfterOf(header: string | undefined): number | null {
  if (header === undefined) return null;
  if (/^\d{1,9}$/.test(header)) return Number(header) * 1_000;
  const at = Date.parse(header);
  return Number.isNaN(at) ? null : Math.max(0, at - Date.now());
}
