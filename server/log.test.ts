import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { createLog, type Log, type LogLevel } from './log.ts';

interface Line {
  readonly msg: string;
  readonly err?: unknown;
  readonly site?: string;
}

/** What is logged meanwhile, as objects. */
function logged(write: (log: Log) => void, level: LogLevel = 'debug'): Line[] {
  const lines: string[] = [];
  write(createLog({ level, directory: null, output: { write: (line) => void lines.push(line) } }));
  return lines.map((line) => JSON.parse(line));
}

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'oxicount-log-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

test('a line is one JSON object with a readable level and time and nothing about the machine', () => {
  const [line] = logged((log) => log.info({ site: 'blog' }, 'Visit counted'));
  expect(line).toEqual({
    level: 'info',
    time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
    site: 'blog',
    msg: 'Visit counted',
  });
});

test('lines below the level are not logged', () => {
  const writeAll = (log: Log) => {
    log.debug({}, 'debug');
    log.info({}, 'info');
    log.warn({}, 'warn');
    log.error({}, 'error');
  };
  expect(logged(writeAll, 'warn').map(({ msg }) => msg)).toEqual(['warn', 'error']);
  expect(logged(writeAll, 'silent')).toEqual([]);
});

test.each([
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
])('a value under the name %s never appears', (name) => {
  const identifying = { [name]: 'HUSH' };
  const lines = logged((log) => {
    log.info({ ...identifying, site: 'blog' }, 'top');
    log.info({ caller: identifying, site: 'blog' }, 'nested');
    log.info({ request: { headers: identifying }, site: 'blog' }, 'twice nested');
    log.error({ err: Object.assign(new Error('broken'), identifying), site: 'blog' }, 'in an error');
  });
  expect(lines).toHaveLength(4);
  expect(JSON.stringify(lines)).not.toContain('HUSH');
  expect(lines.every(({ site }) => site === 'blog')).toBe(true);
});

test('an error is logged with its code, its stack and its causes', () => {
  const cause = Object.assign(new Error('connection refused'), { code: 'ECONNREFUSED' });
  const error = new AggregateError([new RangeError('too far')], 'nothing worked', { cause });
  const [line] = logged((log) => log.error({ err: error }, 'Could not start'));
  expect(line?.err).toEqual({
    type: 'AggregateError',
    message: 'nothing worked',
    stack: expect.stringContaining('log.test.ts'),
    cause: expect.objectContaining({ message: 'connection refused', code: 'ECONNREFUSED' }),
    errors: [expect.objectContaining({ type: 'RangeError', message: 'too far' })],
  });
});

test('errors that cause each other, and what is thrown without being an error, are logged', () => {
  const error = new Error('hen');
  error.cause = new Error('egg', { cause: error });
  const lines = logged((log) => {
    log.error({ err: error }, 'circle');
    log.error({ err: 'just text' }, 'text');
  });
  expect(lines.map(({ msg }) => msg)).toEqual(['circle', 'text']);
  expect(lines[1]?.err).toBe('just text');
});

test('with a directory every line is also in a file there once the log is closed', async () => {
  const directory = join(folder(), 'made', 'on demand');
  const lines: string[] = [];
  const log = createLog({ level: 'info', directory, output: { write: (line) => void lines.push(line) } });
  for (let index = 0; index < 5_000; index += 1) log.info({ index }, 'Visit counted');
  await Promise.all([log.close(), log.close()]);
  log.info({}, 'After the end');

  const [file = '', ...others] = readdirSync(directory);
  expect(file).toMatch(/^oxicount\.\d{4}-\d\d-\d\d\.1\.log$/);
  expect(others).toEqual([]);
  expect(readFileSync(join(directory, file), 'utf8')).toBe(lines.slice(0, 5_000).join(''));
  expect(lines).toHaveLength(5_001);
});

test('processes that log to one directory say which they are, and have files of their own', async () => {
  const directory = folder();
  const output = { write() {} };
  const logs = [undefined, 1, 12].map((worker) =>
    createLog({ level: 'info', directory, output, ...(worker !== undefined && { worker }) }),
  );
  for (let index = 0; index < 1_000; index += 1) for (const log of logs) log.info({ index }, 'Visit counted');
  await Promise.all(logs.map((log) => log.close()));

  const names = readdirSync(directory).toSorted();
  expect(names.map((name) => name.replace(/\.\d.*/, ''))).toEqual(['oxicount-1', 'oxicount-12', 'oxicount']);
  const workers = names.map((name) => {
    const lines = readFileSync(join(directory, name), 'utf8').trimEnd().split('\n');
    expect(lines).toHaveLength(1_000);
    return [...new Set(lines.map((line) => JSON.parse(line).worker))];
  });
  expect(workers).toEqual([[1], [12], [undefined]]);
});

test('the log goes on without its files when these cannot be written', async () => {
  const directory = folder();
  const today = new Date();
  const date = [today.getFullYear(), today.getMonth() + 1, today.getDate()].map((part) =>
    String(part).padStart(2, '0'),
  );
  mkdirSync(join(directory, `oxicount.${date.join('-')}.1.log`));
  const lines: Line[] = [];
  const output = { write: (line: string) => void lines.push(JSON.parse(line)) };
  const log = createLog({ level: 'info', directory, output });
  await vi.waitFor(() => expect(lines).not.toEqual([]), 5_000);
  log.info({}, 'Still here');
  await log.close();
  expect(lines).toEqual([
    expect.objectContaining({
      msg: 'Log files cannot be written any more',
      err: expect.objectContaining({ message: expect.stringMatching(/^EISDIR/) }),
    }),
    expect.objectContaining({ msg: 'Still here' }),
  ]);
});

test('a directory that cannot be made is an error at once', () => {
  const file = join(folder(), 'file');
  writeFileSync(file, '');
  expect(() => createLog({ level: 'info', directory: join(file, 'logs') })).toThrow(/ENOTDIR/);
});
