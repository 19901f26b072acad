import type { Instant } from '../domain/instant.ts';

/** Prints what scripts read. */
export function printJson(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value, null, 2)}\n`);
}

/** An instant as JSON has it; null where there is none. */
export function isoOf(at: Instant | null): string | null {
  return at === null ? null : new Date(at).toISOString();
}
