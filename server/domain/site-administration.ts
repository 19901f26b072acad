import type { Grant, Reader } from './access.ts';
import type { Administrators } from './administrators.ts';
import { type AuditAction, type AuditEntry, type AuditNote, type Changes, changesBetween } from './audit.ts';
import { DomainError } from './errors.ts';
import { isSet } from './is-set.ts';
import { checkListSize } from './list-size.ts';
import type { AuditRequest, Clock, Deletion, Storage } from './ports.ts';
import { allows } from './scope.ts';
import type { AdministeredSite, Site } from './site.ts';
import { type NewSiteDefaults, readNewSite, readSite, type SiteInput } from './site-input.ts';

/** Most entries of the audit log that are read at once. */
export const MAX_AUDIT = 500;
// Few enough that nobody who counts waits for it.
const DELETED_AT_ONCE = 2_000;

/**
 * Sites as those who administer them see and change them. All methods throw DomainError `INVALID_TOKEN`, `FORBIDDEN`
 * or, for a site that is none to the reader, `SITE_NOT_FOUND`; then nothing was changed. Sites that the configuration
 * declares are changed there: `SITE_DECLARED`.
 */
export interface SiteAdministration {
  /** Those that the reader administers, archived ones and those that are being deleted included. */
  all(reader: Reader): Promise<readonly AdministeredSite[]>;
  /** @throws DomainError `INVALID_ARGUMENT`, which names the field, or `CONFLICT` */
  create(input: SiteInput, reader: Reader): Promise<AdministeredSite>;
  /** Changes what is said. @throws DomainError `INVALID_ARGUMENT`, `CONFLICT` or `SITE_DECLARED` */
  change(slug: string, input: SiteInput, reader: Reader): Promise<AdministeredSite>;
  /** Nothing is counted on it from now on, and nobody can read it; it keeps what it has. Again does nothing. */
  archive(slug: string, reader: Reader): Promise<AdministeredSite>;
  /** Makes it active again. Again does nothing. @throws DomainError `CONFLICT` where it is being deleted */
  restore(slug: string, reader: Reader): Promise<AdministeredSite>;
  /**
   * Takes the site away at once and removes its rows in batches, for as long as it may; again goes on. What is not
   * done here is done by and by.
   * @param patienceMs how long to go on, in milliseconds; default: until nothing is left
   * @param told of each batch
   * @param signal ends it after the batch that is under way
   */
  remove(
    slug: string,
    reader: Reader,
    options?: {
      readonly patienceMs?: number;
      readonly told?: (deletion: Deletion) => void;
      readonly signal?: AbortSignal;
    },
  ): Promise<Deletion>;
  /** Goes on with deletions that have begun. */
  finishDeletions(): Promise<void>;
  /**
   * Who changed what, newest first: of one site, or of all that the reader administers.
   * @throws DomainError `INVALID_ARGUMENT`, which names `first`
   */
  audit(part: AuditPart, reader: Reader): Promise<AuditEntry[]>;
}

/** A part of the audit log. */
export interface AuditPart {
  readonly site?: string | null | undefined;
  /** 1 to {@link MAX_AUDIT}. */
  readonly first: number;
  /** Number of the last entry of the part before. */
  readonly before?: AuditRequest['before'] | undefined;
}

export interface SiteAdministrationOptions {
  readonly storage: Pick<Storage, 'administration'>;
  readonly administrators: Administrators;
  readonly defaults: NewSiteDefaults;
  readonly clock: Clock;
  /** Told after sites were changed. */
  readonly changed: () => void;
  /** Told after the zone of a site was changed, so that its roll-ups are made anew. */
  readonly rollupsDue: () => void;
}

export function createSiteAdministration(options: SiteAdministrationOptions): SiteAdministration {
  const { administrators, defaults, clock, changed, rollupsDue } = options;
  const { administration } = options.storage;

  function noteOf(
    { name: actor }: Pick<Grant, 'name'>,
    action: AuditAction,
    { id, slug }: Pick<Site, 'id' | 'slug'>,
    changes: Changes = {},
  ): AuditNote {
    return { at: clock(), actor, action, site: { id, slug }, token: null, changes };
  }

  function deleteBatch(site: Pick<Site, 'id' | 'slug'>, actor: string): Promise<Deletion | null> {
    return administration.deleteRows(site.id, DELETED_AT_ONCE, noteOf({ name: actor }, 'SITE_DELETED', site));
  }

  return {
    async all(reader) {
      const { siteId } = await administrators.ofAny(reader);
      return (await administration.sites()).filter(({ id }) => siteId === null || id === siteId);
    },

    async create(input, reader) {
      const { name: actor } = await administrators.ofInstance(reader);
      const site = readNewSite(input, defaults);
      const note = { at: clock(), actor, action: 'SITE_CREATED', token: null, changes: {} } as const;
      const created = await administration.createSite(site, note);
      changed();
      return { ...created, declared: false, archivedAt: null, deletedAt: null };
    },

    async change(slug, input, reader) {
      const { grant, site } = await administrators.ofSite(reader, slug);
      const { declared, archivedAt, deletedAt, ...before } = site;
      checkOwn(site);
      const after: Site = { ...readSite(input, before), id: site.id };
      const changes = changesBetween<Site>(before, after);
      if (Object.keys(changes).length === 0) return { ...site, ...after };
      // What somebody else changes of it meanwhile stays.
      const change = Object.keys(changes).map((name) => [name, after[name as keyof Site]]);
      await administration.changeSite(
        { ...Object.fromEntries(change), id: site.id },
        noteOf(grant, 'SITE_CHANGED', before, changes),
      );
      changed();
      if (before.timeZone !== after.timeZone) rollupsDue();
      return { ...site, ...after };
    },

    async archive(slug, reader) {
      const { grant, site } = await administrators.ofSite(reader, slug);
      if (site.archivedAt !== null) return site;
      checkOwn(site);
      const note = noteOf(grant, 'SITE_ARCHIVED', site);
      await administration.archiveSite(site.id, note.at, note);
      changed();
      return { ...site, archivedAt: note.at };
    },

    async restore(slug, reader) {
      const { grant, site } = await administrators.ofSite(reader, slug);
      if (site.archivedAt === null) return site;
      if (site.deletedAt !== null) {
        throw new DomainError('CONFLICT', `The site ${slug} is being deleted; it cannot come back.`);
      }
      await administration.archiveSite(site.id, null, noteOf(grant, 'SITE_RESTORED', site));
      changed();
      return { ...site, archivedAt: null };
    },

    async remove(slug, reader, { patienceMs = Number.POSITIVE_INFINITY, told = () => {}, signal } = {}) {
      const { grant, site } = await administrators.ofSite(reader, slug);
      checkOwn(site);
      await administration.beginDeletion(site.id, noteOf(grant, 'SITE_DELETION_BEGUN', site));
      changed();
      const deadline = clock() + patienceMs;
      while (true) {
        const deletion = await deleteBatch(site, grant.name);
        // Another process finished it: it alone knows how much there was.
        if (deletion === null) return { rows: 0, visits: 0, complete: true };
        told(deletion);
        if (deletion.complete || signal?.aborted || clock() >= deadline) return deletion;
      }
    },

    async finishDeletions() {
      for (const site of await administration.sites()) {
        if (site.deletedAt === null) continue;
        while ((await deleteBatch(site, 'maintenance'))?.complete === false);
      }
    },

    async audit({ site: slug, first, before }, reader) {
      checkListSize('first', first, MAX_AUDIT);
      const siteId = isSet(slug)
        ? (await administrators.ofSite(reader, slug)).site.id
        : auditedBy(await administrators.ofAny(reader));
      return administration.audit({ siteId, before: before ?? null, limit: first });
    },
  };
}

function auditedBy({ scopes, siteId }: Grant): AuditRequest['siteId'] {
  return allows(scopes, 'ADMINISTER_INSTANCE') ? siteId : (siteId ?? 'any');
}

/** Refuses to change what the next start would change back. */
function checkOwn({ slug, declared }: AdministeredSite): void {
  if (!declared) return;
  throw new DomainError(
    'SITE_DECLARED',
    `The site ${slug} is in the configuration (or is the demo): change it there, and start again.`,
  );
}
