import type { Log, LogFields } from '../../server/log.ts';

/** A line of a log. */
export interface LogLine {
  readonly level: keyof Log;
  readonly fields: LogFields;
  readonly message: string;
}

/** Keeps the lines to itself. */
export interface QuietLog extends Log {
  readonly lines: readonly LogLine[];
}

export function createQuietLog(): QuietLog {
  const lines: LogLine[] = [];
  const at = (level: keyof Log) => (fields: LogFields, message: string) => {
    lines.push({ level, fields, message });
  };
  return { lines, debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
}
