import { type Day, dayOf, formatDay, startOfDay } from '../day.ts';
import { TRAITS } from '../dimensions/dimension.ts';
import { DomainError } from '../errors.ts';
import type { DayFigures, DecidedVisit } from '../import/import-storage.ts';
import type { Clock } from '../ports.ts';
import type { Site } from '../site.ts';
import type { Figures } from '../statistics/figures.ts';
import { csvLine } from './csv.ts';
import type { ExportDays, ExportStorage } from './export-storage.ts';

/** What the format is called in its header, and the version that is written. */
export const EXPORT_FORMAT = 'oxicount export';
export const EXPORT_VERSION = 1;

/** Everything that `oxicount import` reads back, visits for spreadsheets, and figures of days for spreadsheets. */
export const EXPORT_FORMATS = ['ndjson', 'csv', 'rollups'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

const NO_DAYS: ExportDays = { from: null, to: null };
const FIGURES = [
  'visits',
  'pixelViews',
  'visitors',
  'returningVisitors',
  'secondVisits',
  'timedVisits',
  'spentSeconds',
] as const satisfies readonly (keyof Figures)[];

export interface ExportOptions {
  readonly storage: ExportStorage;
  readonly site: Site;
  readonly format: ExportFormat;
  /** Default: all. */
  readonly days?: ExportDays;
  readonly clock: Clock;
}

/**
 * What a site has, as text, in parts of some thousand lines. Visits that are registered after the beginning are not in
 * it. What server/docs/export.md says of the format is the promise.
 *
 * @throws DomainError `UNAVAILABLE` where the database is away, or visits were removed meanwhile, and
 * `SITE_NOT_FOUND` where the site was
 */
export async function* exportSite(options: ExportOptions): AsyncGenerator<string> {
  const { storage, site, format } = options;
  const days = options.days ?? NO_DAYS;
  const pruned = await storage.prunedThrough(site.id);
  if (format === 'rollups') yield* rollups(storage, site, days);
  else if (format === 'csv') yield* visits(options, days);
  else yield* everything(options, days, pruned);
  if ((await storage.prunedThrough(site.id)) === pruned) return;
  throw new DomainError('UNAVAILABLE', 'Visits were removed while they were exported. Export again.', {
    retryAfterSecs: 60,
  });
}

async function* rollups(storage: ExportStorage, { id }: Site, days: ExportDays): AsyncGenerator<string> {
  yield csvLine(['day', 'dimension', 'value', ...FIGURES]);
  for await (const part of storage.rollups(id, days)) {
    yield part
      .map((row) =>
        csvLine([
          formatDay(row.day),
          row.dimension ?? 'all',
          row.value,
          ...FIGURES.map((figure) => row[figure]),
        ]),
      )
      .join('');
  }
}

async function* visits(options: ExportOptions, days: ExportDays): AsyncGenerator<string> {
  yield csvLine(['registeredAt', 'path', 'kind', 'spentSeconds', ...TRAITS, 'visitor', 'marks', 'nonce']);
  for await (const part of labelled(options, days)) {
    yield part
      .map((visit) =>
        csvLine([
          isoOf(visit.registeredAt),
          visit.path,
          visit.kind,
          visit.spentSeconds,
          ...TRAITS.map((trait) => visit.traits[trait]),
          visit.visitor === 0 ? null : visit.visitor,
          visit.marks.join(' '),
          visit.nonce,
        ]),
      )
      .join('');
  }
}

async function* everything(
  options: ExportOptions,
  days: ExportDays,
  pruned: Day | null,
): AsyncGenerator<string> {
  const { storage, site, clock } = options;
  const { id, ...settings } = site;
  const counts = { pages: 0, visits: 0, figures: 0, filteredHits: 0, voteDays: 0 };

  async function* lines<Row>(
    what: keyof typeof counts,
    parts: AsyncIterable<readonly Row[]>,
    line: (row: Row) => object,
  ): AsyncGenerator<string> {
    for await (const part of parts) {
      counts[what] += part.length;
      yield part.map((row) => lineOf(line(row))).join('');
    }
  }

  yield lineOf({
    type: 'header',
    format: EXPORT_FORMAT,
    version: EXPORT_VERSION,
    exportedAt: isoOf(clock()),
    from: dateOf(days.from),
    to: dateOf(days.to),
    visitsRemovedThrough: dateOf(pruned),
    site: settings,
  });
  yield* lines('pages', storage.pages(id), (page) => ({
    type: 'page',
    ...page,
    addedAt: isoOf(page.addedAt),
  }));
  yield* lines('visits', labelled(options, days), visitLine);
  yield* lines('figures', storage.figuresWithoutVisits(id, days), figuresLine);
  yield* lines('filteredHits', storage.filteredHits(id, days), ({ day, reason, hits }) => ({
    type: 'filteredHits',
    day: formatDay(day),
    reason,
    hits,
  }));
  yield* lines('voteDays', storage.voteDays(id, days), ({ day, path, changes }) => ({
    type: 'voteDay',
    day: formatDay(day),
    path,
    changes,
  }));
  yield lineOf({ type: 'footer', ...counts });
}

function visitLine(visit: DecidedVisit): object {
  const { path, registeredAt, nonce, kind, spentSeconds, visitor, marks } = visit;
  const traits = Object.fromEntries(
    TRAITS.flatMap((trait) => (visit.traits[trait] === null ? [] : [[trait, visit.traits[trait]]])),
  );
  return {
    type: 'visit',
    registeredAt: isoOf(registeredAt),
    nonce,
    path,
    kind,
    spentSeconds,
    ...traits,
    visitor: visitor === 0 ? null : visitor,
    marks,
  };
}

function figuresLine({ day, dimension, value, ...figures }: DayFigures): object {
  return { type: 'figures', day: formatDay(day), dimension, value, ...figures };
}

/**
 * Visits with another name for each visitor than the pseudonym, which can be made again as long as the salt of its day
 * stands: the nonce of the visitor's first visit in the export.
 */
async function* labelled(
  { storage, site, clock }: ExportOptions,
  { from, to }: ExportDays,
): AsyncGenerator<readonly DecidedVisit[]> {
  const now = clock();
  const span = {
    from: from === null ? 0 : startOfDay(from, site.timeZone),
    to: to === null ? now : Math.min(now, startOfDay(to + 1, site.timeZone)),
  };
  let day = Number.NEGATIVE_INFINITY;
  let older = new Map<number, number>();
  let newer = new Map<number, number>();
  const labelOf = ({ visitor, nonce }: DecidedVisit) => {
    const label = newer.get(visitor) ?? older.get(visitor) ?? (nonce === 0 ? 1 : nonce);
    newer.set(visitor, label);
    return label;
  };
  for await (const part of storage.visits(site.id, span)) {
    yield part.map((visit) => {
      if (visit.visitor === 0) return visit;
      const on = dayOf(visit.registeredAt, site.timeZone);
      // A pseudonym is of one day, which was another zone's where that was changed.
      if (on !== day) [older, newer, day] = [newer, new Map(), on];
      return { ...visit, visitor: labelOf(visit) };
    });
  }
}

function lineOf(value: object): string {
  return `${JSON.stringify(value)}\n`;
}

function isoOf(at: number): string {
  return new Date(at).toISOString();
}

function dateOf(day: Day | null): string | null {
  return day === null ? null : formatDay(day);
}
