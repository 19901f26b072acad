import type { Database, Statement } from 'better-sqlite3';

/** Statements run as the driver has them, each with one argument: its rows as JSON. */
export interface Statements {
  /** @returns rows with numbers for integers, of which none may be beyond 2^53 */
  all<Rows>(sql: string, json: string): Rows;
  run(sql: string, json?: string): void;
}

const handles = new Set<Database>();
const backups = new Set<object>();

/**
 * Keeps every statement of a connection prepared, and the connection itself, for as long as the process lives.
 *
 * It saves preparing the same few texts again and again. And it is what makes SQLite work on Node 24.19 and later:
 * there Node aborts when the garbage collector comes upon a statement or a connection of better-sqlite3 12, whose
 * destructors ask for an environment that is not there then. Version 13 does not, but needs Node 22. The texts are
 * the program's own, so there is an end to them.
 *
 * @returns the same for whoever uses the connection without Prisma
 */
export function keepStatements(database: Database): Statements {
  handles.add(database);
  const prepare = database.prepare.bind(database);
  const prepared = new Map<string, Statement>();
  const prepareOnce = (sql: string) => {
    let statement = prepared.get(sql);
    if (!statement) {
      statement = prepare(sql);
      prepared.set(sql, statement);
    }
    return bindable(statement);
  };
  database.prepare = prepareOnce as unknown as Database['prepare'];
  return directly(prepare);
}

/** Statements of their own: those that Prisma uses give lists in place of rows, and bigints. */
function directly(prepare: (sql: string) => Statement): Statements {
  const prepared = new Map<string, Statement>();
  const prepareOnce = (sql: string) => {
    let statement = prepared.get(sql);
    if (!statement) {
      statement = prepare(sql).safeIntegers(false);
      prepared.set(sql, statement);
    }
    return statement;
  };
  return {
    all: <Rows>(sql: string, json: string) => prepareOnce(sql).all(json) as Rows,
    run: (sql, ...json) => void prepareOnce(sql).run(...json),
  };
}

/** Keeps back-ups that a connection makes, for the same reason. */
export function keepBackups(database: Database): void {
  for (const key of Object.getOwnPropertySymbols(database)) {
    // Where the driver has the native half of the connection, which makes them and hands them to nobody.
    const native = (
      database as unknown as Record<symbol, { backup?: (...given: unknown[]) => object } | null>
    )[key];
    const backup = native?.backup;
    if (!native || !backup) continue;
    native.backup = (...given) => {
      const made = backup.apply(native, given);
      backups.add(made);
      return made;
    };
  }
}

/** A use of a statement: the driver lets one be bound only once, so the values go with the call instead. */
function bindable(statement: Statement) {
  let values: readonly unknown[] = [];
  const use = {
    reader: statement.reader,
    columns: () => statement.columns(),
    bind(given: readonly unknown[]) {
      values = given;
      return use;
    },
    raw() {
      statement.raw();
      return use;
    },
    run: (...given: unknown[]) => statement.run(...values, ...given),
    all: (...given: unknown[]) => statement.all(...values, ...given),
  };
  return use;
}
