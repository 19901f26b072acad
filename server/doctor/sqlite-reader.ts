import { fork } from 'node:child_process';
import type { Reading, Row } from './sql.ts';
import type { Answer, Question } from './sqlite-process.ts';

/**
 * Reads an SQLite file in a process of its own, which can be killed: a question to SQLite keeps its whole process
 * waiting, for minutes where the file is large and for ever where it is on a network that is gone.
 * @param file one that is there
 */
export function readSqlite(file: string): Reading {
  const child = fork(new URL('./sqlite-process.js', import.meta.url), [file], {
    stdio: 'ignore',
    execArgv: [],
    // Which tells bytes from text.
    serialization: 'advanced',
  });
  const waiting = new Map<number, { resolve(rows: readonly Row[]): void; reject(error: Error): void }>();
  let next = 0;
  let ended: Error | undefined;

  function end(error: Error): void {
    ended ??= error;
    for (const { reject } of waiting.values()) reject(ended);
    waiting.clear();
  }

  child.on('message', (message) => {
    const { id, rows, error } = message as Answer;
    const question = waiting.get(id);
    waiting.delete(id);
    if (rows) question?.resolve(rows);
    else question?.reject(Object.assign(new Error(error?.message), { code: error?.code }));
  });
  child.on('error', end);
  child.on('exit', () => end(new Error('the process that reads the file has ended')));
  return {
    ask(sql) {
      if (ended) return Promise.reject(ended);
      return new Promise((resolve, reject) => {
        next += 1;
        waiting.set(next, { resolve, reject });
        child.send({ id: next, sql } satisfies Question);
      });
    },
    isPooled: async () => false,
    close: () => void (child.connected && waiting.size === 0 ? child.disconnect() : child.kill('SIGKILL')),
  };
}
