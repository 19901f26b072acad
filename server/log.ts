import { accessSync, constants, mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { type DestinationStream, pino, stdTimeFunctions, transport } from 'pino';

/** From the most talkative to none. */
export type LogLevel = 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal' | 'silent';

/** Facts of a line, by name. An error goes under `err`. */
export type LogFields = Readonly<Record<string, unknown>>;

/** Where the program tells its operator what happened. Takes no addresses, user agents, tokens or visit ids. */
export interface Log {
  debug(fields: LogFields, message: string): void;
  info(fields: LogFields, message: string): void;
  warn(fields: LogFields, message: string): void;
  error(fields: LogFields, message: string): void;
}

/** A log that can be ended. */
export interface ClosableLog extends Log {
  /** Resolves when every line is in its file. Lines that come later go to standard output only. May be repeated. */
  close(): Promise<void>;
}

export interface LogOptions {
  /** The least level that is logged. */
  readonly level: LogLevel;
  /** Directory for log files besides standard output, made where absent; null for none. */
  readonly directory: string | null;
  /**
   * Which of several processes that log to one place this is; default: the only one. It stands in each line, and in the
   * names of the files: each process has files of its own, since no two could change over to a new one together.
   */
  readonly worker?: number;
  /** Takes the lines instead of standard output. */
  readonly output?: DestinationStream;
}

// Names under which what identifies a person or grants access could slip into a line.
const SENSITIVE = [
  'address',
  'authorization',
  'cookie',
  'ip',
  'password',
  'remoteAddress',
  'secret',
  'token',
  'userAgent',
  'user-agent',
  'visitId',
  'x-forwarded-for',
];

const MOST_CAUSES = 8;

/**
 * Logs one JSON object a line. With a directory, the lines also go to files there from a thread of its own: a new file
 * every day and after 10 MB, 14 of them kept. Where these can no longer be written, for want of space say, the
 * service goes on and the log on standard output says so.
 *
 * @throws Error where the directory cannot be made or written
 */
export function createLog(options: LogOptions): ClosableLog {
  const { level, directory, worker, output = standardOutput() } = options;
  const files =
    directory === null
      ? undefined
      : openFiles(join(directory, worker === undefined ? 'oxicount' : `oxicount-${worker}`), (err) => {
          logger.error({ err }, 'Log files cannot be written any more');
        });
  const logger = pino(
    {
      level,
      base: worker === undefined ? null : { worker },
      timestamp: stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      serializers: { err: (error: unknown) => serialiseError(error) },
      redact: { paths: SENSITIVE.flatMap(redactedPaths), censor: '(hidden)' },
    },
    {
      write(line) {
        output.write(line);
        files?.write(line);
      },
    },
  );
  return {
    debug: (fields, message) => logger.debug(fields, message),
    info: (fields, message) => logger.info(fields, message),
    warn: (fields, message) => logger.warn(fields, message),
    error: (fields, message) => logger.error(fields, message),
    close: async () => files?.close(),
  };
}

/** Where nobody reads it any more, as after `| head`, the service goes on and its lines are lost. */
function standardOutput(): DestinationStream {
  process.stdout.removeListener('error', ignore).on('error', ignore);
  return process.stdout;
}

function ignore(): void {}

interface LogFiles {
  write(line: string): void;
  close(): Promise<void>;
}

/** @param file path without date, number and extension */
function openFiles(file: string, failed: (cause: unknown) => void): LogFiles {
  // Found out here and now, since the thread could only say so later.
  mkdirSync(dirname(file), { recursive: true });
  accessSync(dirname(file), constants.W_OK);
  const stream = transport({
    // By path: a bare name would be looked up from the caller's folder.
    target: createRequire(import.meta.url).resolve('pino-roll'),
    options: {
      file,
      dateFormat: 'yyyy-MM-dd',
      frequency: 'daily',
      size: '10m',
      limit: { count: 14, removeOtherLogFiles: true },
    },
  });
  let open = true;
  const closed = new Promise<void>((resolve) => stream.once('close', resolve));
  stream.on('error', (cause) => {
    if (!open) return;
    open = false;
    failed(cause);
  });
  return {
    write(line) {
      if (open) stream.write(line);
    },
    close() {
      if (open) {
        open = false;
        stream.end();
      }
      return closed;
    },
  };
}

function redactedPaths(name: string): string[] {
  const quoted = `["${name}"]`;
  return [quoted, `*${quoted}`, `*.*${quoted}`];
}

/** Only what explains the failure: other properties of an error may hold what must not be logged. */
function serialiseError(error: unknown, depth = 0): unknown {
  // Errors can cause each other in a circle.
  if (!(error instanceof Error) || depth > MOST_CAUSES) return String(error);
  const { name, message, stack, cause } = error;
  const explain = (inner: unknown) => serialiseError(inner, depth + 1);
  return {
    type: name,
    message,
    ...('code' in error && { code: error.code }),
    stack,
    ...(cause !== undefined && { cause: explain(cause) }),
    ...(error instanceof AggregateError && { errors: error.errors.map(explain) }),
  };
}
