/**
 * How something is: `warning` where it works and will be regretted, `broken` where something does not work or figures
 * come out wrong, `unknown` where it could not be found out.
 */
export type Level = 'fine' | 'warning' | 'broken' | 'unknown';

/** What a check found: one line for a person, and below it what to do where it is not fine. */
export interface Finding {
  readonly level: Level;
  /** What was found, a sentence without a full stop. No secret, and no address of a reader. */
  readonly says: string;
  /** What to do, in sentences; null where there is nothing to do. */
  readonly advice: string | null;
}

export function fine(says: string): Finding {
  return { level: 'fine', says, advice: null };
}

export function warning(says: string, advice: string): Finding {
  return { level: 'warning', says, advice };
}

export function broken(says: string, advice: string): Finding {
  return { level: 'broken', says, advice };
}

export function unknown(says: string, advice: string | null = null): Finding {
  return { level: 'unknown', says, advice };
}

/** Something to look at, apart from all others: what one meets is no matter to the next. */
export interface Check {
  /** Under which heading it is shown, such as `Database`. */
  readonly group: string;
  /** What is looked at, in a few words. */
  readonly name: string;
  /** How long it may take, in milliseconds. */
  readonly limitMs: number;
  /**
   * Looks, and changes nothing.
   * @param signal aborted when the time is over
   * @returns at least one finding
   */
  look(signal: AbortSignal): Promise<Finding | readonly Finding[]>;
}

/** A finding, and of which check it is. */
export interface Found extends Finding {
  readonly group: string;
  readonly name: string;
}
