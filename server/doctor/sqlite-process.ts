import Sqlite from 'better-sqlite3';
import { keepStatements } from '../storage/sqlite/statements.ts';
import type { Row } from './sql.ts';

/** What this process is asked. */
export interface Question {
  readonly id: number;
  readonly sql: string;
}

/** What it answers: rows, or why there are none. */
export interface Answer {
  readonly id: number;
  readonly rows?: readonly Row[];
  readonly error?: { readonly message: string; readonly code: string | undefined };
}

const BUSY_TIMEOUT_MS = 2_000;
const [, , file = ''] = process.argv;
let database: Sqlite.Database | undefined;

process.on('message', (question: Question) => process.send?.(answer(question)));
process.on('disconnect', () => void database?.close());

function answer({ id, sql }: Question): Answer {
  try {
    database ??= open();
    return { id, rows: database.prepare<[], Row>(sql).all() };
  } catch (error) {
    const { message, code } = error as { message: string; code?: string };
    return { id, error: { message, code } };
  }
}

/**
 * Not read-only: so opened, a file in WAL mode gets journals that the connection may not take away again when it is
 * closed, and those of another user would keep the service from its own file.
 */
function open(): Sqlite.Database {
  const opened = new Sqlite(file, { fileMustExist: true, timeout: BUSY_TIMEOUT_MS });
  keepStatements(opened);
  opened.exec('PRAGMA query_only = ON');
  return opened;
}
