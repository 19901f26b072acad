import type { AuditAction, AuditEntry, AuditNote } from '../domain/audit.ts';
import type { AuditRequest } from '../domain/ports.ts';
import type { Queries } from './database.ts';

/** Runs in the transaction of what it tells. */
export async function addNote(queries: Queries, { site, changes, ...note }: AuditNote): Promise<void> {
  await queries.auditEntry.create({
    data: {
      ...note,
      siteId: site?.id ?? null,
      site: site?.slug ?? null,
      changes: JSON.stringify(changes),
    },
  });
}

export async function readAudit(queries: Queries, request: AuditRequest): Promise<AuditEntry[]> {
  const { siteId, before, limit } = request;
  const rows = await queries.auditEntry.findMany({
    where: {
      ...(siteId === null ? {} : { siteId: siteId === 'any' ? { not: null } : siteId }),
      ...(before === null ? {} : { id: { lt: before } }),
    },
    orderBy: { id: 'desc' },
    take: limit,
  });
  return rows.map(({ id, at, actor, action, siteId, site, token, changes }) => ({
    id,
    at: Number(at),
    actor,
    action: action as AuditAction,
    site: siteId === null || site === null ? null : { id: siteId, slug: site },
    token,
    changes: JSON.parse(changes),
  }));
}
