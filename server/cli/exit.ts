import { ConfigError } from '../config/config.ts';
import { DomainError } from '../domain/errors.ts';
import { CountryDatabaseError } from '../geo/countries.ts';
import { BackupError } from '../storage/backup-error.ts';
import { MigrationError } from '../storage/migrate.ts';
import { OpenError } from '../storage/open.ts';

// Their messages say what to do; where the code failed is of no interest.
const FORESEEN = [ConfigError, MigrationError, OpenError, BackupError, CountryDatabaseError, DomainError];

/** Ends a command that failed: a line for what the operator can mend, everything for what we have to. */
export function exitWith(error: unknown): void {
  process.exitCode = 1;
  process.stderr.write(`oxicount: ${explain(error)}\n`);
}

function explain(error: unknown): string {
  if (FORESEEN.some((kind) => error instanceof kind)) return (error as Error).message;
  const { code, syscall, address, port } = error as NodeJS.ErrnoException & {
    address?: string;
    port?: number;
  };
  // What shares a port is told that it binds.
  if (syscall === 'listen' || syscall === 'bind') {
    const reason = code === 'EADDRINUSE' ? 'another program listens there' : code;
    return `Cannot listen on ${address}:${port}: ${reason}. Set OXICOUNT_SOCKET_ADDRESS to another address.`;
  }
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
