/** What can be said about one request. */
export interface RequestOptions {
  /** Ends the request when it aborts; the call rejects with `ABORTED`. Absent: only the time-out ends it. */
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds until the call rejects with `TIMEOUT`, repetitions included. Absent: what the client was made with. */
  readonly timeoutMs?: number | undefined;
  /** Lets the request outlive the page that sent it. Absent: it ends with the page. */
  readonly keepalive?: boolean | undefined;
  /**
   * Further headers, such as those of a reader for whom a server sends a visit: `x-forwarded-for`, `user-agent`,
   * `accept-language`, `sec-gpc`. Absent: none.
   */
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

/** What can be said about one subscription. */
export interface SubscribeOptions {
  /** Ends the iteration when it aborts, without an error. Absent: leaving the loop ends it. */
  readonly signal?: AbortSignal | undefined;
}
