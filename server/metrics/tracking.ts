import { operator } from '../domain/access.ts';
import type { Domain } from '../domain/domain.ts';
import { DomainError } from '../domain/errors.ts';
import type { CommitListener, Storage } from '../domain/ports.ts';
import type { Sites } from '../domain/sites.ts';
import type { Instruments } from './instruments.ts';

/** Sites that have a figure of their own. */
const MOST_SITES = 200;

/** Counts what became of what was to be counted. */
export interface MeasuredTracking {
  storage(storage: Storage): Storage;
  committed(listener: CommitListener): CommitListener;
  domain(domain: Domain): Domain;
}

export function measureTracking({ counter, countedElsewhere }: Instruments): MeasuredTracking {
  const visits = counter('oxicount_visits_total');
  const filtered = counter('oxicount_filtered_hits_total');
  const registrations = counter('oxicount_registrations_total');
  const leaves = counter('oxicount_page_leaves_total');
  const pixelViews = counter('oxicount_pixel_views_total');
  const votes = counter('oxicount_votes_total');
  // By id, as commits tell of them; slugs are found when somebody asks.
  const ofSites = new Map<number, number>();

  async function counting<T>(
    count: (labels: { readonly outcome: string }) => void,
    work: Promise<T>,
    outcome: string | null,
  ): Promise<T> {
    try {
      const result = await work;
      if (outcome !== null) count({ outcome });
      return result;
    } catch (error) {
      count({ outcome: refusalOf(error) });
      throw error;
    }
  }

  return {
    storage: (storage) => ({
      ...storage,
      async countVisit(visit) {
        const outcome = await storage.countVisit(visit);
        // A page that is gone is refused, and counted with the other refusals.
        if (outcome !== 'page gone' && visit.kind === 'visit') {
          visits({ outcome: outcome === 'counted' ? 'counted' : 'counted_before' });
        }
        return outcome;
      },
      async countFiltered(hit) {
        await storage.countFiltered(hit);
        filtered({ reason: hit.reason });
      },
    }),
    committed: (listener) => (commit) => {
      for (const { siteId } of commit.counted) ofSites.set(siteId, (ofSites.get(siteId) ?? 0) + 1);
      listener(commit);
    },
    domain(domain) {
      countedElsewhere('oxicount_site_visits_total', () => readSites(ofSites, domain.sites));
      const steps = domain.visits;
      return {
        ...domain,
        visits: {
          register: (input, caller) => counting(registrations, steps.register(input, caller), 'registered'),
          // What counted is counted where it is stored: a bot is answered as if it had.
          postSleep: (input, caller) => counting(visits, steps.postSleep(input, caller), null),
          pageLeft: (input, caller) => counting(leaves, steps.pageLeft(input, caller), 'reported'),
          view: (input, caller) => counting(pixelViews, steps.view(input, caller), 'counted'),
        },
        votes: {
          ...domain.votes,
          cast: (input, caller) =>
            counting(votes, domain.votes.cast(input, caller), input.vote === null ? 'taken_back' : 'cast'),
        },
      };
    },
  };
}

/** What is shown of each site: the oldest, so that a figure stays under its name. */
async function readSites(visits: ReadonlyMap<number, number>, sites: Pick<Sites, 'all'>) {
  const named = new Map((await sites.all(operator)).slice(0, MOST_SITES).map(({ id, slug }) => [id, slug]));
  const shown = new Map<string, number>();
  for (const [id, number] of visits) {
    const site = named.get(id) ?? 'other';
    shown.set(site, (shown.get(site) ?? 0) + number);
  }
  return [...shown].map(([site, value]) => ({ labels: { site }, value }));
}

function refusalOf(error: unknown): string {
  return error instanceof DomainError ? error.code.toLowerCase() : 'internal_server_error';
}
