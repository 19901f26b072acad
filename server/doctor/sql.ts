/** A row as the driver gives it. */
export type Row = Readonly<Record<string, unknown>>;

/** A database that is read, and never written. Each question fails by itself. */
export interface Reading {
  ask(sql: string): Promise<readonly Row[]>;
  /** Whether a pooler answers in the place of the server; false where there can be none. */
  isPooled(): Promise<boolean>;
  close(): void;
}

/** Whole numbers of 64 bits come as text from one driver and as numbers from the other. */
export function numberOf(value: unknown): number | null {
  return value === null || value === undefined ? null : Number(value);
}

/** Whether a question failed since a table is not there, as before the first start. */
export function isWithoutTable(error: unknown): boolean {
  const { code, message = '' } = error as { readonly code?: unknown; readonly message?: string };
  return code === '42P01' || /no such table/.test(message);
}
