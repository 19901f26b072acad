import { broken, type Check, type Finding, fine } from './finding.ts';
import type { Reading } from './sql.ts';

/** Whether an SQLite file is whole: all of it is read, unless it takes too long. */
export function integrityCheck(database: Reading, limitMs: number): Check {
  return {
    group: 'Database',
    name: 'integrity',
    limitMs: limitMs + 2_000,
    async look() {
      let timer: NodeJS.Timeout | undefined;
      const over = new Promise<null>((resolve) => {
        timer = setTimeout(() => resolve(null), limitMs);
      });
      const checked = database.ask('PRAGMA quick_check(5)');
      try {
        const rows = await Promise.race([checked, over]);
        return judgeIntegrity(rows?.map((row) => String(Object.values(row)[0])) ?? null, limitMs);
      } finally {
        clearTimeout(timer);
        checked.catch(() => {});
        database.close();
      }
    },
  };
}

/** @param complaints what SQLite says, `ok` where it has nothing to say; null where it was not done in time */
export function judgeIntegrity(complaints: readonly string[] | null, limitMs: number): Finding {
  if (complaints === null) {
    return fine(
      `nothing was found within ${limitMs / 1000} s, in which not all of it was read: \`sqlite3 FILE 'PRAGMA quick_check'\` reads on`,
    );
  }
  if (complaints.length === 1 && complaints[0] === 'ok') return fine('the file is whole');
  return broken(
    `the file is damaged: ${complaints[0]?.split('\n').at(-1)}`,
    'Stop the service, keep a copy of the file with its -wal, and put a back-up in its place with `oxicount restore`. Then look at the health of the disk, and whether another program writes the file.',
  );
}
