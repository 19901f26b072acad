import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { type Day, dayOf, formatDay } from '../day.ts';
import { TRAITS, type Traits } from '../dimensions/dimension.ts';
import { normaliseReferrer } from '../dimensions/referrer.ts';
import { DomainError } from '../errors.ts';
import { normalisePath } from '../path.ts';
import type { Clock } from '../ports.ts';
import type { Site } from '../site.ts';
import { EARLIEST_DAY } from '../statistics/range.ts';
import { textFlaw } from '../text.ts';
import type { DayFigures, DecidedVisit, ImportStorage, SideRecord } from './import-storage.ts';
import type { ImportedFigures, ImportedVisit, ImportRecord, ImportSource } from './record.ts';
import { createLeftOutTally, type ImportReport } from './report.ts';
import { createImportedVisitors } from './visitors.ts';

/** Records in one transaction: few enough that those who count meanwhile do not wait long for it. */
const BATCH = 2_000;
/** Of these each is a statement. */
const BATCH_BESIDE = 200;
/** Longest value of a dimension that is taken, in characters, and the most seconds of a visit: two days. */
const MAX_VALUE_LENGTH = 1_024;
const MAX_SPENT_SECONDS = 172_800;
/** Paths whose page is remembered: most visits are of few pages. */
const REMEMBERED_PATHS = 10_000;
/** What a roll-up holds. */
const MAX_FIGURE = 2_147_483_647;

export interface ImportOptions {
  readonly storage: ImportStorage;
  readonly site: Site;
  /** The program that counted it, `plausible`: what it says again is known again. */
  readonly program: string;
  /** Days within which a returning visitor is recognised. */
  readonly visitorDays: number;
  readonly clock: Clock;
  /** Aborted: nothing more is read, and what was is waited for. */
  readonly signal?: AbortSignal;
  /** Told after each batch. */
  readonly progress?: () => void;
}

/**
 * Takes in what another program counted, in batches. Each record counts once, however often its source is read, so an
 * import that was broken off is completed by another one, and one that was not is changed by nothing.
 *
 * @throws DomainError `UNAVAILABLE` where the database is away, `SITE_NOT_FOUND` or `CONFLICT` where the site changes
 * meanwhile, or what the source throws; what was counted until then stays
 */
export async function importRecords(source: ImportSource, options: ImportOptions): Promise<ImportReport> {
  const { storage, site, program, clock, signal, progress } = options;
  const place = { id: site.id, timeZone: site.timeZone };
  const visitors = createImportedVisitors(options.visitorDays);
  const leftOut = createLeftOutTally();
  // A dry run adds no page, and would name it with every batch.
  const pages = new Set<string>();
  const pageOfPath = new LRUCache<string, string>({ max: REMEMBERED_PATHS });
  const counted = { visits: 0, pixelViews: 0, figures: 0, thereAlready: 0 };
  let visits: DecidedVisit[] = [];
  let figures: DayFigures[] = [];
  let beside: SideRecord[] = [];

  async function writeVisits(): Promise<void> {
    const { outcomes, added } = await storage.addVisits(place, visits);
    for (const [index, outcome] of outcomes.entries()) {
      const visit = visits[index];
      if (outcome === 'counted before') counted.thereAlready += 1;
      else if (outcome === 'pruned') {
        const day = dayOf(visit?.registeredAt ?? 0, site.timeZone);
        leftOut.add(
          'the site keeps visits for retention_days, and removed those of that day',
          formatDay(day),
        );
      } else if (visit?.kind === 'pixel') counted.pixelViews += 1;
      else counted.visits += 1;
    }
    for (const path of added) pages.add(path);
    visits = [];
    progress?.();
  }

  async function writeFigures(): Promise<void> {
    const { outcomes, added } = await storage.addFigures(place, program, figures);
    for (const outcome of outcomes) {
      if (outcome === 'added') counted.figures += 1;
      else counted.thereAlready += 1;
    }
    for (const path of added) pages.add(path);
    figures = [];
    progress?.();
  }

  async function writeBeside(): Promise<void> {
    const { outcomes, added } = await storage.addBeside(place, beside);
    for (const outcome of outcomes) if (outcome === 'there already') counted.thereAlready += 1;
    for (const path of added) pages.add(path);
    beside = [];
    progress?.();
  }

  function take(record: ImportRecord): void {
    if (record.type === 'left out') {
      leftOut.add(record.why, record.where);
      return;
    }
    if (record.type !== 'visit' && record.type !== 'figures') {
      if (record.type === 'filtered hits') beside.push(record);
      else {
        const path = pageOf(record.path);
        if (path !== null) beside.push({ ...record, path });
      }
      return;
    }
    const flaw = record.type === 'visit' ? flawOfVisit(record, clock()) : flawOfFigures(record, today());
    if (flaw !== null) {
      leftOut.add(flaw.why, flaw.example);
      return;
    }
    if (record.type === 'visit') {
      const page = pageOf(record.path);
      if (page !== null) visits.push(decide(record, page));
    } else if (record.dimension !== 'page' && record.dimension !== 'entryPage') figures.push(record);
    else {
      const value = pageOf(record.value);
      if (value !== null) figures.push({ ...record, value });
    }
  }

  /** Figures of a source may be of a day that has not begun here. */
  function today(): Day {
    return dayOf(clock(), site.timeZone) + 1;
  }

  function pageOf(path: string): string | null {
    const known = pageOfPath.get(path);
    if (known !== undefined) return known;
    try {
      const { page } = normalisePath(path, site.pathPatterns);
      pageOfPath.set(path, page);
      return page;
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      leftOut.add('the path is not one that a page can have', error.message);
      return null;
    }
  }

  function decide(record: ImportedVisit, page: string): DecidedVisit {
    const { kind, registeredAt, spentSeconds, visitor, decided } = record;
    if (decided) return { path: page, registeredAt, kind, spentSeconds, traits: record.traits, ...decided };
    const nonce = nonceOf(program, record);
    const traits = traitsOf(record.traits, site);
    const visit = { path: page, registeredAt, nonce, kind, traits, spentSeconds, visitor: 0, marks: [] };
    if (kind === 'pixel') return { ...visit, spentSeconds: null };
    if (visitor === null) return visit;
    const day = dayOf(registeredAt, site.timeZone);
    const decision = visitors.decide({ day, visitor, nonce, page, traits });
    return {
      ...visit,
      traits: { ...traits, language: decision.language },
      visitor: decision.visitor,
      marks: decision.marks,
    };
  }

  for await (const record of source.records()) {
    if (signal?.aborted) break;
    take(record);
    if (visits.length >= BATCH) await writeVisits();
    if (figures.length >= BATCH) await writeFigures();
    if (beside.length >= BATCH_BESIDE) await writeBeside();
  }
  const complete = !signal?.aborted;
  if (visits.length > 0) await writeVisits();
  if (figures.length > 0) await writeFigures();
  if (beside.length > 0) await writeBeside();
  return { ...counted, pages: pages.size, leftOut: leftOut.groups(), complete };
}

interface Flaw {
  readonly why: string;
  readonly example: string;
}

function flawOfVisit({ registeredAt, spentSeconds, identity }: ImportedVisit, now: number): Flaw | null {
  const example = shown(identity);
  if (!Number.isSafeInteger(registeredAt)) return { why: 'it has no time', example };
  if (registeredAt > now) return { why: 'it is of the future', example: isoOf(registeredAt) };
  if (registeredAt < EARLIEST_DAY * 86_400_000) {
    return { why: 'it is from before 1990, where time begins here', example: isoOf(registeredAt) };
  }
  if (
    spentSeconds !== null &&
    !(Number.isInteger(spentSeconds) && spentSeconds >= 0 && spentSeconds <= MAX_SPENT_SECONDS)
  ) {
    return {
      why: `the seconds spent are not a whole number from 0 to ${MAX_SPENT_SECONDS}`,
      example: String(spentSeconds),
    };
  }
  return null;
}

function flawOfFigures(figures: ImportedFigures, latest: Day): Flaw | null {
  const { day, dimension, value } = figures;
  if (!Number.isInteger(day) || day < EARLIEST_DAY || day > latest) {
    return { why: 'the day is before 1990 or in the future', example: String(day) };
  }
  if (dimension !== null) {
    const flaw = value === '' ? 'is empty' : textFlaw(value, MAX_VALUE_LENGTH);
    if (flaw !== null) return { why: `the ${dimension} is not one that can be kept`, example: `it ${flaw}` };
  }
  const numbers = [
    figures.visits,
    figures.pixelViews,
    figures.visitors,
    figures.returningVisitors,
    figures.secondVisits,
    figures.timedVisits,
    figures.spentSeconds,
  ];
  const strange = numbers.find((one) => !Number.isInteger(one) || one < 0 || one > MAX_FIGURE);
  if (strange === undefined) return null;
  return { why: `a figure is not a whole number from 0 to ${MAX_FIGURE}`, example: String(strange) };
}

/** A host goes through the rules for referrers as a link from it would; other values that cannot be kept are none. */
function traitsOf(given: Traits, { baseUrls }: Site): Traits {
  const host = given.referrer;
  const referrer =
    host === null ? null : normaliseReferrer(host.includes('://') ? host : `https://${host}`, baseUrls);
  const isFlawed = TRAITS.some((trait) => {
    const value = given[trait];
    return value !== null && (value === '' || textFlaw(value, MAX_VALUE_LENGTH) !== null);
  });
  if (!isFlawed) return referrer === host ? given : { ...given, referrer };
  const kept = (value: string | null) =>
    value === null || value === '' || textFlaw(value, MAX_VALUE_LENGTH) !== null ? null : value;
  return {
    referrer,
    campaign: kept(given.campaign),
    country: kept(given.country),
    browser: kept(given.browser),
    system: kept(given.system),
    device: kept(given.device),
    language: kept(given.language),
  };
}

/** 48 bits that are the same each time that the record is read. */
function nonceOf(program: string, { registeredAt, identity }: ImportedVisit): number {
  return createHash('sha256').update(`${program}\n${registeredAt}\n${identity}`).digest().readUIntBE(0, 6);
}

function isoOf(at: number): string {
  const date = new Date(at);
  return Number.isNaN(date.getTime()) ? String(at) : date.toISOString();
}

function shown(text: string): string {
  return JSON.stringify(text.length > 80 ? `${text.slice(0, 80)}...` : text);
}
