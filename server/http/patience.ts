/** How long peers may take, in milliseconds. Sockets without limit of number are fine where none lasts without use. */
export const PATIENCE = {
  /** From the opening of a connection to the end of the headers of its first request. */
  headersMs: 10_000,
  /** To the end of its body. */
  requestMs: 15_000,
  /** How often the two are looked at. */
  checkMs: 2_000,
  /** How long nothing may be written while an answer is under way: whoever reads does so sooner. */
  silenceMs: 60_000,
} as const;
