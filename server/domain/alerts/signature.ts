import { createHmac } from 'node:crypto';
import type { Instant } from '../instant.ts';
import type { RandomBytes } from '../ports.ts';

const PREFIX = 'whsec_';
// Standard Webhooks: 24 to 64 bytes.
const SECRET_BYTES = 32;

/** A secret as Standard Webhooks (https://www.standardwebhooks.com) writes it: `whsec_` and base64. */
export function newWebhookSecret(randomBytes: RandomBytes): string {
  return PREFIX + Buffer.from(randomBytes(SECRET_BYTES)).toString('base64');
}

/** The headers that Standard Webhooks signs a message with: one signature for each secret. */
export function signedHeaders(
  { id, body }: { readonly id: string; readonly body: string },
  at: Instant,
  secrets: readonly string[],
): Record<'webhook-id' | 'webhook-timestamp' | 'webhook-signature', string> {
  const timestamp = String(Math.floor(at / 1000));
  const signatures = secrets.map((secret) => {
    const key = Buffer.from(secret.slice(PREFIX.length), 'base64');
    return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')}`;
  });
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signatures.join(' ') };
}
