import { DomainError } from '../domain/errors.ts';
import type { VisitPosition } from '../domain/ports.ts';

/** A cursor says where a visit stands in the history of its page, so it stays good while visits come in. */
export function encodeCursor({ registeredAt, nonce }: VisitPosition): string {
  return Buffer.from(`${registeredAt}.${nonce}`).toString('base64url');
}

/** @throws DomainError `INVALID_ARGUMENT` */
export function decodeCursor(name: string, cursor: string): VisitPosition {
  const parts = /^(\d{1,15})\.(\d{1,15})$/.exec(Buffer.from(cursor, 'base64url').toString('latin1'));
  if (!parts) {
    throw new DomainError(
      'INVALID_ARGUMENT',
      `${name} is ${JSON.stringify(cursor.slice(0, 60))}; it must be a cursor of this connection.`,
    );
  }
  return { registeredAt: Number(parts[1]), nonce: Number(parts[2]) };
}
