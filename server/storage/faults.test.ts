import { describe, expect, test } from 'vitest';
import { DomainError } from '../domain/errors.ts';
import { guarded, toFault, undauntedly } from './faults.ts';

/** As Prisma wraps what a driver threw from an ordinary query. */
function fromQuery(code: string, originalCode: string): Error {
  return Object.assign(new Error('query failed'), {
    code,
    meta: { driverAdapterError: { cause: { originalCode } } },
  });
}

/** As a driver adapter throws outside of one. */
const fromAdapter = (originalCode: string) =>
  Object.assign(new Error('adapter failed'), { cause: { originalCode } });

const fromDriver = (code: string) => Object.assign(new Error('driver failed'), { code });

const isUnavailable = (error: unknown) => {
  const fault = toFault(error);
  return fault instanceof DomainError && fault.code === 'UNAVAILABLE';
};

describe('a database that is away, busy, full or stopping is unavailable', () => {
  test.each([
    'ECONNREFUSED',
    'ECONNRESET',
    'ETIMEDOUT',
    'ENOTFOUND',
    'P1001',
    'P1008',
    'P1017',
    'P2024',
    'P2028',
    'P2034',
    'SQLITE_BUSY',
    'SQLITE_BUSY_SNAPSHOT',
    'SQLITE_LOCKED',
    'SQLITE_FULL',
    'SQLITE_IOERR_WRITE',
    'SQLITE_READONLY',
    'SQLITE_CORRUPT',
    '08006',
    '25006',
    '40001',
    '40P01',
    '53300',
    '53100',
    '55P03',
    '57014',
    '57P01',
    '57P03',
  ])('%s', (code) => {
    expect(isUnavailable(fromDriver(code))).toBe(true);
    expect(isUnavailable(fromAdapter(code))).toBe(true);
    expect(isUnavailable(fromQuery('P2010', code))).toBe(true);
  });

  test('so is one whose driver does not say what was wrong', () => {
    expect(isUnavailable(new Error('Query read timeout'))).toBe(true);
    expect(isUnavailable(fromDriver('P2010'))).toBe(true);
    expect(isUnavailable('connection lost')).toBe(true);
    expect(isUnavailable(undefined)).toBe(true);
    expect(isUnavailable(null)).toBe(true);
  });
});

describe('a mistake of ours stays what it is, since trying again would not help', () => {
  test.each([
    '22P02',
    '23505',
    '23502',
    '42601',
    '42P01',
    'SQLITE_ERROR',
    'SQLITE_CONSTRAINT',
    'SQLITE_CONSTRAINT_UNIQUE',
    'SQLITE_MISMATCH',
    'SQLITE_RANGE',
  ])('%s', (code) => {
    for (const error of [fromDriver(code), fromAdapter(code), fromQuery('P2010', code)]) {
      expect(toFault(error)).toBe(error);
    }
  });

  test.each(['P2002', 'P2025'])('%s', (code) => {
    const error = fromDriver(code);
    expect(toFault(error)).toBe(error);
  });

  test.each([new TypeError('x is undefined'), new RangeError('invalid array length')])('%s', (error) => {
    expect(toFault(error)).toBe(error);
  });
});

test.each([
  '23503',
  'SQLITE_CONSTRAINT_FOREIGNKEY',
])('a row of a site that is gone has no site: %s', (code) => {
  for (const error of [fromDriver(code), fromAdapter(code), fromQuery('P2003', code), fromDriver('P2003')]) {
    expect(toFault(error)).toMatchObject({ code: 'SITE_NOT_FOUND' });
  }
});

test('what the driver itself says decides, not how Prisma sorts it', () => {
  expect(isUnavailable(fromQuery('P2002', 'SQLITE_BUSY'))).toBe(true);
  expect(isUnavailable(fromQuery('P2034', '23505'))).toBe(false);
});

test('a refusal of the domain passes through work on the database', async () => {
  const refusal = new DomainError('PAGE_NOT_FOUND', 'The page is gone.');
  await expect(guarded(() => Promise.reject(refusal))).rejects.toBe(refusal);
});

test('an unavailable database is reported with a hint, its cause kept and not shown', async () => {
  const cause = fromDriver('ECONNREFUSED');
  const failure = guarded(() => Promise.reject(cause));
  await expect(failure).rejects.toMatchObject({ code: 'UNAVAILABLE', retryAfterSecs: 2, cause });
  await expect(failure).rejects.toThrow(
    /^The database cannot be used right now\. Try again, which counts nothing twice\.$/,
  );
});

test('work that succeeds is answered as it is', async () => {
  expect(await guarded(async () => 7)).toBe(7);
});

describe('a transaction that the database undid for the sake of another', () => {
  const undone = (times: number, code: string) => {
    let tries = 0;
    const work = async () => {
      tries += 1;
      if (tries <= times) throw fromQuery('P2034', code);
      return tries;
    };
    return { work, tries: () => tries };
  };

  test.each(['40P01', '40001'])('is done again after %s', async (code) => {
    expect(await undauntedly(undone(2, code).work)).toBe(3);
  });

  test('is given up in the end', async () => {
    const { work, tries } = undone(10, '40001');
    await expect(undauntedly(work)).rejects.toThrow('query failed');
    expect(tries()).toBe(3);
  });

  test('is not done again where it is not known what became of it', async () => {
    const { work, tries } = undone(1, '08006');
    await expect(undauntedly(work)).rejects.toThrow('query failed');
    expect(tries()).toBe(1);
  });
});
