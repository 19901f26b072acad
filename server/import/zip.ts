import { type Entry, openPromise } from 'yauzl';
import { refusal } from './refusal.ts';

/** Files that are looked through for those that are wanted; an export has a dozen. */
const MAX_ENTRIES = 10_000;

/** A file in an archive. */
export interface ZipEntry {
  /** Without folders. */
  readonly name: string;
  /** Bytes, unpacked. */
  readonly size: number;
  /** Unpacked while it is read. @throws DomainError `INVALID_ARGUMENT` where it is damaged */
  chunks(): AsyncIterable<Buffer>;
}

export interface Zip {
  readonly entries: readonly ZipEntry[];
  close(): void;
}

/**
 * Opens a zip archive. Nothing is unpacked to the disk, and of a file that is larger than it says nothing more is read.
 * @throws DomainError `INVALID_ARGUMENT` where it is none
 */
export async function openZip(file: string): Promise<Zip> {
  try {
    const archive = await openPromise(file, { autoClose: false });
    const entries: ZipEntry[] = [];
    for await (const entry of archive.eachEntry()) {
      if (entries.length === MAX_ENTRIES) throw new Error(`it has more than ${MAX_ENTRIES} files`);
      if (entry.fileName.endsWith('/')) continue;
      entries.push({
        name: entry.fileName.slice(entry.fileName.lastIndexOf('/') + 1),
        size: entry.uncompressedSize,
        chunks: () => chunksOf(entry),
      });
    }

    async function* chunksOf(entry: Entry): AsyncGenerator<Buffer> {
      try {
        yield* await archive.openReadStreamPromise(entry);
      } catch (error) {
        throw refusal(`${entry.fileName} in ${file} is damaged: ${(error as Error).message}.`, error);
      }
    }

    return { entries, close: () => archive.close() };
  } catch (error) {
    throw refusal(`${file} cannot be read as a zip archive: ${(error as Error).message}.`, error);
  }
}
