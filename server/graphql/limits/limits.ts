/**
 * What one request may ask of GraphQL. The largest that our own parts send are far below: 50 counts under aliases, or
 * a dashboard of one `stats` with its totals, series, comparison and ten lists.
 */
export const LIMITS = {
  /** Words, names, numbers and signs of a document: what the parser makes nodes of. */
  tokens: 5_000,
  /** Brackets of any kind within one another. The parser calls itself for each, and must not run out of stack. */
  nesting: 60,
  /** Fields within one another, but for introspection, which GraphQL itself limits. */
  depth: 12,
  /** Fields, with fragments counted wherever they are used. */
  fields: 1_000,
  /** Named fragments. Like repeats, they are compared with one another, in a time that grows with the square. */
  fragments: 100,
  /** The same field in the same place of an answer. */
  repeats: 100,
  /** Fields under another name. */
  aliases: 200,
  /** About as many values of an answer; see `costs.ts`. */
  cost: 100_000,
  /** How long an operation may take, in milliseconds. */
  operationMs: 10_000,
  /** Operations that one WebSocket may have under way, subscriptions among them. */
  operationsOfSocket: 100,
  /** Body of a request, or message over a WebSocket, in bytes. */
  bytes: 100_000,
  /** What may wait for a WebSocket that does not read, in bytes, when it asks for more. */
  unreadBytes: 1_000_000,
  /** How long a WebSocket may take to say that it speaks GraphQL, in milliseconds. */
  greetingMs: 5_000,
  /** Characters of the documents that are kept parsed and validated. */
  keptDocuments: 200_000,
} as const;
