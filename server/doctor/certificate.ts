import { type Finding, warning } from './finding.ts';

const DAY_MS = 86_400_000;
const SOON_DAYS = 14;

/** Whether a certificate that is valid now will be so for a while; null where there is nothing to say. */
export function judgeCertificate(endsAt: number | null, now: number): Finding | null {
  if (endsAt === null) return null;
  const days = Math.floor((endsAt - now) / DAY_MS);
  if (days >= SOON_DAYS) return null;
  return warning(
    `its certificate ends in ${days} days`,
    'Find out why it was not renewed by itself: `certbot renew --dry-run`, or the log of the proxy that does it.',
  );
}
