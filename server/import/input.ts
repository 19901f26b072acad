import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { pipeline, Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { refusal } from './refusal.ts';

const GZIP = Buffer.from([0x1f, 0x8b]);
const ZIP = Buffer.from('PK');
const READ_AT_ONCE = 262_144;

/** A file, or what comes in through the standard input, to be read once. */
export interface Input {
  /** As it was given; `standard input` for `-`. */
  readonly name: string;
  /** As it lies on the disk; null where nobody knows. */
  readonly size: number | null;
  /** How much of {@link size} was read so far, in bytes. */
  read(): number;
  /**
   * What it says, unpacked where it is packed with gzip, whatever its name.
   * @throws DomainError `INVALID_ARGUMENT` where it cannot be read to its end
   */
  chunks(): AsyncIterable<Buffer>;
}

/**
 * @param file a path, or `-` for the standard input
 * @throws DomainError `INVALID_ARGUMENT` where there is no such file, or it may not be read
 */
export async function openInput(file: string, standardInput: Readable = process.stdin): Promise<Input> {
  if (file === '-') return inputOf('standard input', null, () => standardInput);
  const { size } = await lookAt(file);
  return inputOf(file, size, () => createReadStream(file, { highWaterMark: READ_AT_ONCE }));
}

/** Whether a file is a zip archive, by its first bytes. @throws DomainError as {@link openInput} */
export async function isZip(file: string): Promise<boolean> {
  return (await lookAt(file)).start.equals(ZIP);
}

async function lookAt(file: string): Promise<{ readonly size: number; readonly start: Buffer }> {
  try {
    const handle = await open(file);
    try {
      const { size } = await handle.stat();
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(ZIP.length), 0, ZIP.length, 0);
      return { size, start: buffer.subarray(0, bytesRead) };
    } finally {
      await handle.close();
    }
  } catch (error) {
    throw unreadable(file, error);
  }
}

function inputOf(name: string, size: number | null, stream: () => Readable): Input {
  let read = 0;

  async function* counted(): AsyncGenerator<Buffer> {
    for await (const chunk of stream()) {
      read += chunk.length;
      yield chunk;
    }
  }

  return {
    name,
    size,
    read: () => read,
    async *chunks() {
      const source = counted();
      try {
        const start = await startOf(source);
        if (start.subarray(0, GZIP.length).equals(GZIP)) yield* unpacked(follow(start, source));
        else yield* follow(start, source);
      } catch (error) {
        throw unreadable(name, error);
      }
    },
  };
}

/** At least as much as tells what it is, unless there is less. */
async function startOf(source: AsyncGenerator<Buffer>): Promise<Buffer> {
  let start = Buffer.alloc(0);
  while (start.length < GZIP.length) {
    const { value, done } = await source.next();
    if (done) break;
    start = Buffer.concat([start, value]);
  }
  return start;
}

async function* follow(start: Buffer, rest: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  yield start;
  yield* rest;
}

async function* unpacked(packed: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  const gunzip = createGunzip();
  // What fails on the way is thrown to whoever reads.
  pipeline(Readable.from(packed), gunzip, () => {});
  yield* gunzip;
}

function unreadable(name: string, error: unknown): unknown {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT') return refusal(`There is no file ${name}.`, error);
  if (code === 'EACCES') return refusal(`This user may not read ${name}.`, error);
  if (code === 'EISDIR') return refusal(`${name} is a directory; it must be a file.`, error);
  if (code?.startsWith('Z_')) {
    return refusal(
      `${name} is damaged: it is packed with gzip and cannot be unpacked to its end (${message}). ` +
        'What came before that is read.',
      error,
    );
  }
  return error;
}
