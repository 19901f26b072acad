import { mayDo, type SiteQuestion } from '../access.ts';
import type { Administrators } from '../administrators.ts';
import { parseDay } from '../day.ts';
import { DomainError } from '../errors.ts';
import type { Clock, Storage } from '../ports.ts';
import type { Site } from '../site.ts';
import { EXPORT_FORMATS, type ExportFormat, exportSite } from './export.ts';
import type { ExportStorage } from './export-storage.ts';

/** What of a site to export, as it is asked for. */
export interface ExportRequest {
  /** One of {@link EXPORT_FORMATS}; default: `ndjson`. */
  readonly format?: string | undefined;
  /** The first and the last day, such as `2024-03-01`; default: all. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

/** An export that has begun. */
export interface StartedExport {
  readonly site: Site;
  readonly format: ExportFormat;
  readonly text: AsyncIterable<string>;
}

/** Gives owners everything that their site has. */
export interface Exports {
  /**
   * Nothing of the text is read before it is asked for.
   * @throws DomainError `FORBIDDEN`, `INVALID_TOKEN`, `SITE_NOT_FOUND`, `SITE_REQUIRED` or `INVALID_ARGUMENT`
   */
  begin(question: SiteQuestion, request: ExportRequest): Promise<StartedExport>;
}

export interface ExportsOptions {
  readonly storage: Pick<Storage, 'sites'>;
  readonly exported: ExportStorage;
  readonly administrators: Administrators;
  readonly clock: Clock;
}

export function createExports({ storage, exported, administrators, clock }: ExportsOptions): Exports {
  async function siteOf({ site: slug, reader }: SiteQuestion): Promise<Site> {
    if (slug !== undefined && slug !== null) {
      const {
        declared: _declared,
        archivedAt: _archived,
        deletedAt,
        ...site
      } = (await administrators.ofSite(reader, slug)).site;
      if (deletedAt === null) return site;
      throw new DomainError('SITE_NOT_FOUND', `The site ${slug} is being deleted.`);
    }
    const grant = await administrators.ofAny(reader);
    const sites = (await storage.sites()).filter((site) => mayDo(grant, 'ADMINISTER_SITE', site));
    const [site, ...others] = sites;
    if (site && others.length === 0) return site;
    throw site
      ? new DomainError('SITE_REQUIRED', `site must say which of ${sites.map((one) => one.slug).join(', ')}.`)
      : new DomainError('SITE_NOT_FOUND', 'There is no site yet.');
  }

  return {
    async begin(question, { format: wanted = 'ndjson', from, to }) {
      const site = await siteOf(question);
      const format = EXPORT_FORMATS.find((one) => one === wanted);
      if (!format) {
        throw new DomainError(
          'INVALID_ARGUMENT',
          `format is ${JSON.stringify(wanted.slice(0, 100))}; it must be one of ${EXPORT_FORMATS.join(', ')}.`,
        );
      }
      const days = { from: dayOf('from', from), to: dayOf('to', to) };
      if (days.from !== null && days.to !== null && days.from > days.to) {
        throw new DomainError('INVALID_ARGUMENT', `from is ${from}, which is after to, ${to}.`);
      }
      return { site, format, text: exportSite({ storage: exported, site, format, days, clock }) };
    },
  };
}

function dayOf(argument: string, given: string | undefined): number | null {
  if (given === undefined) return null;
  const day = parseDay(given);
  if (day !== null) return day;
  throw new DomainError(
    'INVALID_ARGUMENT',
    `${argument} is ${JSON.stringify(given.slice(0, 100))}; it must be a day such as 2024-03-01.`,
  );
}
