/** A back-up that cannot be made or restored; the message says why and what to do. Nothing was replaced. */
export class BackupError extends Error {
  override readonly name = 'BackupError';
}
