import type { Instant } from './instant.ts';

/** What is kept of, with what each is. */
export const auditActions = {
  SITE_CREATED: 'A site was made.',
  SITE_CHANGED: 'Settings of a site were changed.',
  SITE_ARCHIVED: 'A site was archived: it counts no more, and keeps what it has.',
  SITE_RESTORED: 'An archived site counts again.',
  SITE_DELETION_BEGUN: 'The rows of a site are being removed.',
  SITE_DELETED: 'The last row of a site was removed.',
  TOKEN_CREATED: 'A token was made.',
  TOKEN_REVOKED: 'A token is good no more.',
  WEBHOOK_CREATED: 'A webhook was made.',
  WEBHOOK_CHANGED: 'A webhook was changed.',
  WEBHOOK_REMOVED: 'A webhook was removed.',
  WEBHOOK_STOPPED: 'A webhook is sent nothing any more: it failed for days, or answered 410.',
} as const;
export type AuditAction = keyof typeof auditActions;

/** Fields with what they were and are, as JSON has them; null where there was nothing. */
export type Changes = Readonly<Record<string, readonly [before: unknown, after: unknown]>>;

/** Something that was changed, by whom. */
export interface AuditNote {
  readonly at: Instant;
  /** Name of the token; `admin_token`, `command line` or `configuration`. */
  readonly actor: string;
  readonly action: AuditAction;
  /** The site that it is about, as it was called then; null where it is about none. */
  readonly site: { readonly id: number; readonly slug: string } | null;
  /** Name and prefix of the token that it is about. */
  readonly token: string | null;
  readonly changes: Changes;
}

/** A note as it is stored. */
export interface AuditEntry extends AuditNote {
  /** Rises with time. */
  readonly id: number;
}

/** What differs between two states of one thing. */
export function changesBetween<T extends object>(before: Partial<T>, after: Partial<T>): Changes {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])] as (keyof T & string)[];
  return Object.fromEntries(
    names
      .map((name) => [name, [before[name] ?? null, after[name] ?? null]] as const)
      .filter(([, [was, is]]) => JSON.stringify(was) !== JSON.stringify(is)),
  );
}
