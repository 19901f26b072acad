import type { Instant } from '../domain/instant.ts';
import type { JobLease } from '../domain/ports.ts';
import type { Queries } from './database.ts';

/** Whether nobody does a job, and it was not done lately. */
export async function isJobDue(
  queries: Queries,
  name: string,
  { now, dueSince }: JobLease,
): Promise<boolean> {
  const job = await queries.job.findUnique({ where: { name } });
  return job === null || (job.leasedUntil <= now && (job.finishedAt ?? 0n) <= dueSince);
}

/** Runs inside an exclusive transaction: it reads before it writes. */
export async function leaseJob(queries: Queries, name: string, lease: JobLease): Promise<boolean> {
  if (!(await isJobDue(queries, name, lease))) return false;
  const data = { leasedUntil: lease.until };
  const { count } = await queries.job.updateMany({ where: { name }, data });
  if (count === 0) await queries.job.create({ data: { name, ...data } });
  return true;
}

/** Runs inside an exclusive transaction. */
export async function finishJob(queries: Queries, name: string, now: Instant): Promise<void> {
  await queries.job.updateMany({ where: { name }, data: { leasedUntil: 0, finishedAt: now } });
}
