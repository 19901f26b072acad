import { ConfigError } from '../config/config.ts';
import { MigrationError } from '../storage/migrate.ts';
import { OpenError } from '../storage/open.ts';

/** Ends a command that failed: a line for what the operator can mend, everything for what we have to. */
export function exitWith(error: unknown): void {
  process.exitCode = 1;
  process.stderr.write(`oxicount: ${explain(error)}\n`);
}

function explain(error: unknown): string {
  if (error instanceof ConfigError || error instanceof MigrationError || error instanceof OpenError) {
    return error.message;
  }
  const { code, syscall, address, port } = error as NodeJS.ErrnoException & {
    address?: string;
    port?: number;
  };
  if (syscall === 'listen') {
    const reason = code === 'EADDRINUSE' ? 'another program listens there' : code;
    return `Cannot listen on ${address}:${port}: ${reason}. Set OXICOUNT_SOCKET_ADDRESS to another address.`;
  }
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
