import { type Day, dayOf } from '../domain/day.ts';
import { DomainError } from '../domain/errors.ts';
import { normalisePath } from '../domain/path.ts';
import type { CountOutcome, Storage } from '../domain/ports.ts';
import type { Site } from '../domain/site.ts';
import type { HistoryFilteredHit, HistoryView } from './events.ts';
import { createFlight } from './flight.ts';
import type { History } from './history.ts';

/** Enough for the writer to have its next batch whole while one is written; more only fills the memory. */
const MOST_UNDERWAY = 3_000;
const REFILLED_FROM = 2_000;
/** After how many days what was kept of visitors is destroyed. */
const FORGETTING_DAYS = 30;

/** What became of a history. */
export interface Loaded {
  /** Visits that were counted. */
  visits: number;
  pixelViews: number;
  filteredHits: number;
  /** Visits and pixel views that were there already, from a load of the same history. */
  countedBefore: number;
}

export interface LoadOptions {
  readonly storage: Pick<Storage, 'addPage' | 'countVisit' | 'countFiltered' | 'destroySalts'>;
  readonly site: Site;
  /** One that ended before the present day of the site. */
  readonly history: History;
  /** Days within which a returning visitor is recognised. */
  readonly visitorDays: number;
  /** Aborted: nothing more is handed over, and what was is waited for. */
  readonly signal?: AbortSignal;
  /** Told of the visits that are on disk, with the number of those so far. */
  readonly progress?: (visits: number) => void;
}

/**
 * Counts what is in a history as if it had happened. As each visit counts once, a load that was broken off is
 * completed by another one of the same history.
 *
 * @throws DomainError `UNAVAILABLE` where the database is away; what was counted until then stays
 */
export async function loadHistory(options: LoadOptions): Promise<Loaded> {
  const { storage, site, history, visitorDays, signal, progress } = options;
  const pageIds = await addPages(options);
  const loaded: Loaded = { visits: 0, pixelViews: 0, filteredHits: 0, countedBefore: 0 };
  const flight = createFlight(MOST_UNDERWAY);
  let done = 0;
  let forgotten = history.first;

  async function count(view: HistoryView): Promise<CountOutcome> {
    const pageId = pageIds.get(view.path);
    const outcome =
      pageId === undefined ? 'page gone' : await storage.countVisit({ ...view, siteId: site.id, pageId });
    if (outcome === 'page gone') throw new DomainError('PAGE_NOT_FOUND', `The page ${view.path} is gone.`);
    if (outcome === 'counted before') loaded.countedBefore += 1;
    else if (view.kind === 'pixel') loaded.pixelViews += 1;
    else loaded.visits += 1;
    if (view.kind === 'visit') {
      done += 1;
      progress?.(done);
    }
    return outcome;
  }

  /** Hits that were kept out have nothing to tell them by: they count where the view next to them was new. */
  async function countFiltered(
    hits: readonly HistoryFilteredHit[],
    view: Promise<CountOutcome>,
  ): Promise<void> {
    if ((await view) !== 'counted') return;
    await Promise.all(hits.map(({ at, reason }) => storage.countFiltered({ siteId: site.id, at, reason })));
    loaded.filteredHits += hits.length;
  }

  /** What is kept of visitors serves to recognise them, and goes when the salts of their days do. */
  async function forget(day: Day): Promise<void> {
    const before = day - visitorDays;
    await flight.downTo(0);
    await storage.destroySalts(before);
    forgotten = day;
  }

  let hits: HistoryFilteredHit[] = [];
  let view: Promise<CountOutcome> | undefined;
  for (const event of history.events) {
    if (signal?.aborted) break;
    if (event.kind === 'filtered') {
      hits.push(event);
      continue;
    }
    if (flight.isFull()) await flight.downTo(REFILLED_FROM);
    const day = dayOf(event.registeredAt, site.timeZone);
    if (day >= forgotten + FORGETTING_DAYS) await forget(day);
    view = count(event);
    flight.add(view);
    if (hits.length > 0) flight.add(countFiltered(hits, view));
    hits = [];
  }
  if (view && !signal?.aborted) flight.add(countFiltered(hits, view));
  await flight.downTo(0);
  if (!signal?.aborted) await forget(history.last);
  return loaded;
}

async function addPages({
  storage,
  site,
  history,
  signal,
}: LoadOptions): Promise<ReadonlyMap<string, number>> {
  const ids = new Map<string, number>();
  for (const { path, addedAt } of history.pages) {
    if (signal?.aborted) break;
    const { id } = await storage.addPage(site.id, normalisePath(path, site.pathPatterns).page, addedAt);
    ids.set(path, id);
  }
  return ids;
}
