import type { Instant } from '../domain/instant.ts';

/** `2027-01-31 12:00 UTC` */
export function formatInstant(at: Instant): string {
  return `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
