/** Who reads pages: browsers that are told apart, and one that asks not to be. */
export const BROWSERS = [
  {
    name: 'Firefox',
    agent: 'Mozilla/5.0 (X11; Linux x86_64; rv:133.0) Gecko/20100101 Firefox/133.0',
    told: true,
  },
  {
    name: 'Safari',
    agent:
      'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) ' +
      'Version/18.1 Mobile/15E148 Safari/604.1',
    told: true,
  },
  {
    name: 'Firefox',
    agent: 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0',
    told: false,
  },
] as const;

/** The pages that all sites have, so that figures of one could be taken for those of another. */
export const PAGES = ['/a', '/b'] as const;
export type PagePath = (typeof PAGES)[number];

export interface ModelVisit {
  readonly id: string;
  readonly page: PagePath;
  readonly browser: number;
  /** Host that names this very visit. */
  readonly referrer: string;
  left: boolean;
}

export type StandingVote = 'UP' | 'DOWN' | null;

/** What one site counts, as if it were alone on its instance. */
export class SiteModel {
  readonly visits: ModelVisit[] = [];
  readonly #views: PagePath[] = [];
  readonly #votes = new Map<string, StandingVote>();
  readonly #changes = new Map<PagePath, number>();
  readonly #pages = new Set<PagePath>();
  readonly #days = new Map<string, number>();
  readonly #timeZone: string;

  constructor(timeZone: string) {
    this.#timeZone = timeZone;
  }

  /** A path was registered, and so is a page from now on. */
  registered(page: PagePath): void {
    this.#pages.add(page);
  }

  /** Whether a path is a page of the site, visited or not. */
  has(page: PagePath): boolean {
    return this.#pages.has(page);
  }

  counted(visit: ModelVisit): void {
    this.visits.push(visit);
    if (!BROWSERS[visit.browser]?.told) return;
    // A visitor of two days is two.
    const day = new Date().toLocaleDateString('en-CA', { timeZone: this.#timeZone });
    const visitor = `${visit.browser} ${day}`;
    this.#days.set(visitor, (this.#days.get(visitor) ?? 0) + 1);
  }

  viewed(page: PagePath): void {
    this.#pages.add(page);
    this.#views.push(page);
  }

  /** @returns the code that refuses the vote; null where it stands */
  vote(browser: number, page: PagePath, vote: StandingVote): string | null {
    if (!this.#pages.has(page)) return 'PAGE_NOT_FOUND';
    if (!BROWSERS[browser]?.told) return 'VOTE_NEEDS_VISITOR';
    if (!this.visits.some((visit) => visit.browser === browser)) return 'VOTE_NEEDS_VISIT';
    const key = `${browser} ${page}`;
    if ((this.#votes.get(key) ?? null) !== vote) {
      this.#votes.set(key, vote);
      this.#changes.set(page, (this.#changes.get(page) ?? 0) + 1);
    }
    return null;
  }

  tally(page: PagePath) {
    const of = (vote: StandingVote) =>
      [...this.#votes].filter(([key, standing]) => key.endsWith(page) && standing === vote).length;
    return { up: of('UP'), down: of('DOWN') };
  }

  /** Visits of a page, or of the site. */
  visitsOf(page: PagePath | null): number {
    return this.visits.filter((visit) => page === null || visit.page === page).length;
  }

  viewsOf(page: PagePath | null): number {
    return this.visitsOf(page) + this.#views.filter((viewed) => page === null || viewed === page).length;
  }

  /** Pages with visits, the most visited first. */
  counts() {
    return PAGES.map((path) => ({ path, count: this.visitsOf(path) }))
      .filter(({ count }) => count > 0)
      .sort((a, b) => b.count - a.count);
  }

  /** What statistics of all time have. */
  totals() {
    const visits = this.visitsOf(null);
    const views = this.viewsOf(null);
    return {
      visits,
      views,
      pixelViews: views - visits,
      visitors: this.#days.size,
      timedVisits: this.visits.filter(({ left }) => left).length,
    };
  }

  /** Browsers that are on a page still, those that are not told apart once for each visit. */
  present(): number {
    const staying = this.visits.filter(({ left }) => !left);
    const told = new Set(staying.map(({ browser }) => browser).filter((browser) => BROWSERS[browser]?.told));
    return told.size + staying.filter(({ browser }) => !BROWSERS[browser]?.told).length;
  }

  /** Names of browsers with how many visits each has. */
  browsers(): Record<string, number> {
    const counts: Record<string, number> = {};
    for (const { browser } of this.visits) {
      const { name = '' } = BROWSERS[browser] ?? {};
      counts[name] = (counts[name] ?? 0) + 1;
    }
    return counts;
  }

  /** Pages whose votes changed, those with most changes first. */
  engaging() {
    return [...this.#changes]
      .map(([path, changes]) => ({ path, changes, votes: this.tally(path) }))
      .sort((a, b) => b.changes - a.changes || (a.path < b.path ? -1 : 1));
  }
}
