import type { World } from './world.ts';

type Listener = (event: { type: string }) => void;
type Timer = { at: number; work: () => void };

/** How the instance of a test world answers. */
export interface Answers {
  minDelaySecs: number;
  /** Milliseconds from a request to its answer. */
  latency: number;
  /** Status of each post in turn; 0 is a network that fails. After the last: 200. */
  posts: number[];
  /** The same of each registration. */
  registrations: number[];
}

/** A browser's tab on a clock that a test moves. It begins in sight, and writes down all that is sent. */
export class TestWorld implements World {
  /** What was sent, in order, as `seconds method route`. */
  readonly log: string[] = [];
  readonly answers: Answers = { minDelaySecs: 19, latency: 0, posts: [], registrations: [] };
  document = { hidden: false, referrer: '' };
  location = { pathname: '/', search: '', hash: '' };
  localStorage: World['localStorage'] = { length: 0 };
  navigation?: NonNullable<World['navigation']>;
  readonly history = {
    pushState: (_state: unknown, _unused: string, url?: string | URL | null) => this.#move(String(url)),
    replaceState: (_state: unknown, _unused: string, url?: string | URL | null) => this.#move(String(url)),
  };
  navigator: World['navigator'] = {
    sendBeacon: (url) => {
      this.#write('beacon', url);
      return true;
    },
  };
  readonly performance = { now: () => this.#now };
  readonly #start = 1_000;
  #now = this.#start;
  #timers: Timer[] = [];
  #visits = 0;
  readonly #listeners = new Map<string, Listener[]>();

  addEventListener(type: string, listener: Listener): void {
    this.#listeners.set(type, [...(this.#listeners.get(type) ?? []), listener]);
  }

  setTimeout(work: () => void, milliseconds: number): void {
    this.#timers.push({ at: this.#now + milliseconds, work });
  }

  async fetch(url: string, { method }: { method: string }) {
    this.#write(method, url);
    if (this.answers.latency > 0) {
      await new Promise<void>((resolve) => this.setTimeout(resolve, this.answers.latency));
    }
    const { posts, registrations } = this.answers;
    const status = (url.includes('/post-sleep/') ? posts : registrations).shift() ?? 200;
    if (status === 0) throw new TypeError('Failed to fetch');
    const { minDelaySecs } = this.answers;
    const visitId = status === 200 && url.includes('/register') ? `v${++this.#visits}` : '';
    return {
      status,
      async json() {
        if (status !== 200) throw new SyntaxError('The message of a refusal is not JSON.');
        return { visitId, minDelaySecs };
      },
    };
  }

  /** Gives the tab the Navigation API, which tells of every new entry. */
  withNavigation(): this {
    this.navigation = {
      addEventListener: (type, listener) => this.addEventListener(`navigation ${type}`, listener),
    };
    return this;
  }

  /** Lets the time pass, running the timers that come due in the meantime. */
  async pass(seconds: number): Promise<void> {
    const end = this.#now + seconds * 1_000;
    for (;;) {
      await settled();
      const [next] = this.#timers.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at);
      if (!next) break;
      this.#timers.splice(this.#timers.indexOf(next), 1);
      this.#now = Math.max(this.#now, next.at);
      next.work();
    }
    this.#now = end;
  }

  /** Lets the time pass while no timer runs, as in a frozen tab or under a busy script. */
  stall(seconds: number): void {
    this.#now += seconds * 1_000;
  }

  show(): void {
    this.document.hidden = false;
    this.fire('visibilitychange');
  }

  hide(): void {
    this.document.hidden = true;
    this.fire('visibilitychange');
  }

  /** Goes to another document, or closes the tab: browsers say so before they call the page hidden. */
  leave(): void {
    this.fire('pagehide');
    this.hide();
  }

  /** Comes back from the back/forward cache. */
  restore(): void {
    this.show();
    this.fire('pageshow');
  }

  /** Whether something will wake the tab up if nothing happens to it. */
  get waits(): boolean {
    return this.#timers.length > 0;
  }

  /** What the routes were sent, without the time. */
  get sent(): string[] {
    return this.log.map((line) => line.replace(/^\S+ /, ''));
  }

  fire(type: string): void {
    for (const listener of this.#listeners.get(type) ?? []) listener({ type });
  }

  #move(url: string): void {
    const { pathname, search, hash } = new URL(url, `https://site.example${this.location.pathname}`);
    Object.assign(this.location, { pathname, search, hash });
    this.fire('navigation currententrychange');
  }

  #write(method: string, url: string): void {
    const seconds = (this.#now - this.#start) / 1_000;
    this.log.push(`${seconds} ${method} ${url.replace('https://stats.example.org', '')}`);
  }
}

/** Until every promise that can be kept without a timer is kept: no chain of the tracker is as long as this. */
async function settled(): Promise<void> {
  for (let step = 0; step < 20; step++) await undefined;
}
