/**
 * Verifies what an instance sends to webhooks, as Standard Webhooks (https://www.standardwebhooks.com) says. Needs
 * nothing but WebCrypto, and so runs in Node, browsers and at the edge.
 *
 * @module webhooks
 */

/** What is told of all visits of some days. */
export interface DigestTotals {
  readonly visits: number;
  readonly views: number;
  readonly visitors: number;
  readonly returningVisitors: number;
  /** Null where no visit told how long it was. */
  readonly averageSpentSeconds: number | null;
}

/** The figures of a day or a week. */
export interface Digest {
  /** The first and the last day, such as `2026-11-30`. */
  readonly from: string;
  readonly to: string;
  readonly totals: DigestTotals;
  /** As many days before. */
  readonly before: { readonly from: string; readonly to: string; readonly totals: DigestTotals };
  readonly pages: readonly { readonly path: string; readonly visits: number }[];
  readonly referrers: readonly { readonly referrer: string; readonly visits: number }[];
  readonly countries: readonly { readonly country: string; readonly visits: number }[];
  /** Pages whose votes changed, with what they come to. */
  readonly votes:
    | readonly {
        readonly path: string;
        readonly changes: number;
        readonly up: number;
        readonly down: number;
      }[]
    | null;
}

/** Far more visits in an hour than usual. */
export interface Spike {
  /** Null for the site as a whole. */
  readonly page: string | null;
  readonly from: string;
  readonly to: string;
  readonly visits: number;
  /** From how many it is a spike. */
  readonly threshold: number;
}

/** A site that nobody came from before. */
export interface NewReferrer {
  readonly referrer: string;
  readonly visits: number;
}

interface EventOf<Type extends string, Data> {
  readonly type: Type;
  readonly version: number;
  /** When it came up, as ISO 8601. */
  readonly timestamp: string;
  readonly site: { readonly id: string; readonly name: string; readonly timeZone: string };
  readonly data: Data;
}

/** What a webhook is sent; `type` tells which. */
export type WebhookEvent =
  | EventOf<'spike', Spike>
  | EventOf<'new_referrer', NewReferrer>
  | EventOf<'digest.daily' | 'digest.weekly', Digest>
  | EventOf<'test', { readonly message: string }>;

/** Headers of a request, of `fetch` or of Node. */
export type WebhookHeaders =
  | { get(name: string): string | null }
  | Readonly<Record<string, string | readonly string[] | undefined>>;

/** Seconds that a message may be older or newer than the clock. */
const TOLERANCE_SECS = 300;

/**
 * The event, where the message is one that was signed with the secret within the last five minutes. It can come more
 * than once: its `webhook-id` is then the same.
 *
 * @param body as it came, before it was parsed
 * @param secret as it was shown, `whsec_...`
 * @throws Error which says what is wrong with the message
 */
export async function verifyWebhook(
  headers: WebhookHeaders,
  body: string,
  secret: string,
): Promise<WebhookEvent> {
  const [id, timestamp, given] = ['id', 'timestamp', 'signature'].map((name) =>
    headerOf(headers, `webhook-${name}`),
  );
  if (!id || !timestamp || !given)
    throw new Error('The message is not signed: a webhook- header is missing.');
  if (!/^\d+$/.test(timestamp) || Math.abs(Date.now() / 1000 - Number(timestamp)) > TOLERANCE_SECS) {
    throw new Error(`The message is of another time: webhook-timestamp is ${timestamp.slice(0, 20)}.`);
  }
  const algorithm = { name: 'HMAC', hash: 'SHA-256' };
  const key = await crypto.subtle.importKey('raw', bytesOf(secret.replace(/^whsec_/, '')), algorithm, false, [
    'verify',
  ]);
  const signed = new TextEncoder().encode(`${id}.${timestamp}.${body}`);
  for (const one of given.split(' ')) {
    const signature = one.startsWith('v1,') && signatureOf(one.slice('v1,'.length));
    if (signature && (await crypto.subtle.verify('HMAC', key, signature, signed))) return JSON.parse(body);
  }
  throw new Error('The message was not signed with this secret, or it was changed.');
}

function headerOf(headers: WebhookHeaders, name: string): string | null {
  if (typeof headers.get === 'function') return headers.get(name);
  const value = (headers as Readonly<Record<string, unknown>>)[name];
  return typeof value === 'string' ? value : null;
}

function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}

function signatureOf(base64: string): Uint8Array<ArrayBuffer> | null {
  try {
    return bytesOf(base64);
  } catch {
    return null;
  }
}
