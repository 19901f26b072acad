import type { ServerResponse } from 'node:http';

/** Variables of an operation, as far as the fake service looks at them. */
export interface Asked extends Record<string, unknown> {
  readonly site?: string | null;
  readonly path?: string | null;
  readonly first?: number;
  readonly after?: string;
  readonly last?: number;
  readonly before?: string;
}

export interface FakeVisit {
  readonly id: string;
  readonly path: string;
  readonly registeredAt: string;
  readonly referrer: string | null;
  readonly spentSeconds: number | null;
}

export interface FakeSite {
  readonly id: string;
  readonly name: string;
  readonly baseUrls: string[];
  readonly timeZone: string;
  readonly minDelaySecs: number;
}

interface Listener {
  readonly site: string;
  readonly path: string | null;
  readonly name: string;
  readonly response: ServerResponse;
}

/** A service with a few visits in memory that answers the operations of the widgets by their names. */
export class FakeService {
  sites: FakeSite[] = [siteCalled('demo', 'Demo blog')];
  readonly #visits = new Map<string, FakeVisit[]>();
  readonly #listeners = new Set<Listener>();
  #next = 1;

  /** Counts a visit and pushes it to all who listen. */
  visit(path: string, details: Partial<FakeVisit> & { site?: string } = {}): void {
    const { site = this.sites[0]?.id ?? '', ...rest } = details;
    const id = `v${this.#next++}`;
    const registeredAt = new Date(Date.UTC(2026, 10, 24, 9) + this.#next * 61_000).toISOString();
    const visit = { id, path, registeredAt, referrer: null, spentSeconds: null, ...rest };
    this.#visits.set(site, [visit, ...this.#of(site)]);
    for (const listener of this.#listeners) {
      if (listener.site !== site || (listener.path !== null && listener.path !== path)) continue;
      push(
        listener,
        listener.name === 'Count' ? { count: this.#count(site, path) } : { visitCounted: visit },
      );
    }
  }

  /** Open subscriptions. */
  get listening(): number {
    return this.#listeners.size;
  }

  hangUp(): void {
    for (const { response } of this.#listeners) response.destroy();
    this.#listeners.clear();
  }

  listen({ site, path = null }: Asked, response: ServerResponse, name: string): void {
    const listener = { site: this.#slug(site), path: path && normalised(path), name, response };
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write(':\n\n');
    if (name === 'Count') push(listener, { count: this.#count(listener.site, path ?? '') });
    this.#listeners.add(listener);
    response.on('close', () => this.#listeners.delete(listener));
  }

  answer(name: string, asked: Asked): unknown {
    const site = this.#slug(asked.site);
    const operations: Record<string, () => unknown> = {
      Sites: () => ({ sites: this.sites }),
      Overview: () => ({ site: { visits: this.#of(site).length }, counts: this.#counts(site) }),
      Page: () => ({ count: this.#count(site, asked.path ?? ''), history: this.#history(site, asked) }),
      Counts: () => this.#batch(asked),
    };
    return { data: operations[name]?.() };
  }

  #slug(site: string | null | undefined): string {
    return site ?? this.sites[0]?.id ?? '';
  }

  #of(site: string): FakeVisit[] {
    return this.#visits.get(site) ?? [];
  }

  #count(site: string, path: string): number {
    return this.#of(site).filter((visit) => visit.path === normalised(path)).length;
  }

  #counts(site: string) {
    const paths = [...new Set(this.#of(site).map(({ path }) => path))];
    return paths.map((path) => ({ path, count: this.#count(site, path) })).sort((a, b) => b.count - a.count);
  }

  #batch(asked: Asked) {
    const names = Object.keys(asked).filter((name) => name.startsWith('p'));
    return Object.fromEntries(
      names.map((name) => {
        const index = name.slice(1);
        const site = this.#slug(asked[`s${index}`] as string | null);
        return [`c${index}`, this.#count(site, String(asked[name]))];
      }),
    );
  }

  #history(site: string, { path, first, after, last, before }: Asked) {
    const all = this.#of(site).filter((visit) => visit.path === normalised(path ?? ''));
    const at = (id: string) => all.findIndex((visit) => visit.id === id);
    let from = after === undefined ? 0 : at(after) + 1;
    const to = before === undefined ? Math.min(all.length, from + (first ?? all.length)) : at(before);
    if (last !== undefined) from = Math.max(0, to - last);
    const nodes = all.slice(from, to);
    return {
      edges: nodes.map((node) => ({ node })),
      pageInfo: {
        hasNextPage: to < all.length,
        hasPreviousPage: from > 0,
        startCursor: nodes.at(0)?.id ?? null,
        endCursor: nodes.at(-1)?.id ?? null,
      },
      totalCount: all.length,
    };
  }
}

function normalised(path: string): string {
  return path.replace(/(.)\/$/, '$1');
}

export function siteCalled(id: string, name: string): FakeSite {
  return { id, name, baseUrls: [`https://${id}.example`], timeZone: 'Europe/Berlin', minDelaySecs: 19 };
}

function push({ response }: Listener, data: unknown): void {
  response.write(`event: next\ndata: ${JSON.stringify({ data })}\n\n`);
}
