/** What became of an attempt to send. */
export type SendOutcome =
  | { readonly kind: 'answered'; readonly status: number; readonly retryAfterMs: number | null }
  /** In a few words, such as `time limit` or `address not allowed`. */
  | { readonly kind: 'failed'; readonly error: string };

/**
 * Posts a message, follows no redirect and reads no answer beyond its headers. Settles within a bounded time and never
 * rejects.
 */
export type WebhookSender = (
  url: string,
  body: string,
  headers: Readonly<Record<string, string>>,
) => Promise<SendOutcome>;
