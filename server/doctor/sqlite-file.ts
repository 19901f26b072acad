import { constants } from 'node:fs';
import { access, stat, statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import { formatBytes } from './disk.ts';
import { broken, type Check, type Finding, fine, unknown, warning } from './finding.ts';

const LARGE_JOURNAL = 500_000_000;

/** File systems of the network, by the number that the system has for them (statfs(2)). */
const NETWORK: ReadonlyMap<number, string> = new Map([
  [0x6969, 'NFS'],
  [0xff534d42, 'CIFS'],
  [0xfe534d42, 'SMB'],
  [0x517b, 'SMB'],
  [0x01021997, '9p'],
  [0x65735546, 'FUSE'],
]);

/** What is to know of the file without opening it. */
export interface SqliteFile {
  readonly path: string;
  /** Null where there is none. */
  readonly sizeBytes: number | null;
  /** Of the journal beside it. */
  readonly journalBytes: number;
  readonly writable: boolean;
  readonly folderWritable: boolean;
  /** Who owns it, where that is not who owns its folder. */
  readonly otherOwner: boolean;
  /** Of the system it is on. */
  readonly fileSystem: number;
}

/** Whether an SQLite file is where one can be: writable, with its journals, and on a disk of this machine. */
export function sqliteFileCheck(path: string): Check {
  return {
    group: 'Database',
    name: 'SQLite file',
    limitMs: 3_000,
    look: async () => judgeSqliteFile(await lookAt(path)),
  };
}

export function judgeSqliteFile(file: SqliteFile): readonly Finding[] {
  const { path, sizeBytes, journalBytes } = file;
  const folder = dirname(path);
  const found: Finding[] = [];
  if (sizeBytes !== null && !file.writable) {
    found.push(
      broken(
        `this user may not write ${path}`,
        'It has to belong to the user that runs the service; run the doctor as that user, too.',
      ),
    );
  }
  if (sizeBytes !== null && !file.folderWritable) {
    found.push(
      broken(
        `this user may not write the folder ${folder}`,
        'SQLite makes journals beside the file: the folder has to belong to the user that runs the service.',
      ),
    );
  }
  const network = NETWORK.get(file.fileSystem >>> 0);
  if (network !== undefined) {
    found.push(
      (network === 'FUSE' ? warning : broken)(
        `${path} is on a file system of the network (${network})`,
        'The locks and the shared memory of SQLite do not hold there, and what was acknowledged can be lost. Move the file to a disk of this machine, or use PostgreSQL.',
      ),
    );
  }
  if (file.otherOwner) {
    found.push(
      warning(
        `${path} belongs to another user than its folder`,
        'Mostly a command was once run as root. Give file and journals to the user that runs the service (chown).',
      ),
    );
  }
  if (journalBytes > LARGE_JOURNAL) {
    found.push(
      warning(
        `its journal has grown to ${formatBytes(journalBytes)}`,
        'Something reads for very long, such as a back-up or a forgotten sqlite3: the journal is folded into the file once that has ended.',
      ),
    );
  }
  if (found.length > 0) return found;
  if (sizeBytes === null)
    return [unknown(`${path} is not there yet`, 'The first start of the service makes it.')];
  return [fine(`${path}, ${formatBytes(sizeBytes)}, journal ${formatBytes(journalBytes)}`)];
}

async function lookAt(path: string): Promise<SqliteFile> {
  const folder = dirname(path);
  const [file, above, journal] = await Promise.all(
    [path, folder, `${path}-wal`].map((name) => stat(name).catch(() => null)),
  );
  const may = (name: string) =>
    access(name, constants.R_OK | constants.W_OK).then(
      () => true,
      () => false,
    );
  return {
    path,
    sizeBytes: file?.size ?? null,
    journalBytes: journal?.size ?? 0,
    writable: await may(path),
    folderWritable: await may(folder),
    otherOwner: Boolean(file && above && file.uid !== above.uid),
    fileSystem: above ? (await statfs(folder)).type : 0,
  };
}
