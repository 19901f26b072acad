/** What the tracker asks of the world around it: a browser's `window` is one, and a test makes its own. */
export interface World {
  addEventListener(type: string, listener: (event: { type: string }) => void): void;
  document: { hidden: boolean; referrer: string };
  location: { pathname: string; search: string; hash: string };
  /** Spelt out, and not taken from the types of a browser, so that code for a server compiles without those. */
  history: Record<
    'pushState' | 'replaceState',
    (state: unknown, unused: string, url?: string | URL | null) => void
  >;
  /** The Navigation API, where the browser has it. */
  navigation?: { addEventListener(type: string, listener: (event: { type: string }) => void): void };
  /** May throw when it is read: people deny storage, and so do sandboxes. */
  localStorage: { oxicount?: unknown; length: number };
  /** Some people switch beacons off. Nobody tells how long they stayed then. */
  navigator: { sendBeacon?(url: string): boolean };
  /** Milliseconds on a clock that never jumps. */
  performance: { now(): number };
  /** Runs the work once, no sooner than after so many milliseconds, and maybe much later: timers get throttled. */
  setTimeout(work: () => void, milliseconds: number): unknown;
  /** Sends a request, which may outlive the page. */
  fetch(
    url: string,
    init: { method: string; keepalive: true },
  ): Promise<{ status: number; json(): Promise<unknown> }>;
}
