import type { Values } from './check.ts';
import { defaultOf } from './check.ts';
import type { Report } from './config-error.ts';
import type { Database } from './database.ts';
import type { GivenValues } from './given.ts';

/** How many processes there are to be; several need a database that several can write to. */
export function chooseWorkers(
  given: GivenValues,
  values: Values,
  database: Database | undefined,
  report: Report,
): number {
  const workers = values.get('workers') ?? defaultOf('workers');
  if (workers > 1 && database?.provider === 'sqlite') {
    report(
      `workers ${given.get('workers')?.source.label} is ${workers}: it should be 1 with SQLite, whose file is written by one ` +
        'process at a time, so that a lock would make the others wait; several need a database_url of PostgreSQL',
    );
  }
  return workers;
}
