/** Where a token may be kept: until the tab closes, or until somebody signs out. */
export interface Places {
  readonly tab: Storage | undefined;
  readonly browser: Storage | undefined;
}

/** The token that somebody signed in with at an instance. It is never part of an address. */
export class Session {
  readonly #key: string;
  readonly #places: Places;
  #token: string | undefined;

  constructor(instance: string, places: Places) {
    this.#key = `oxicount token of ${instance}`;
    this.#places = places;
    this.#token =
      this.#all.map((place) => place.getItem(this.#key)).find((token) => token !== null) ?? undefined;
  }

  /** Undefined: nobody is signed in. */
  get token(): string | undefined {
    return this.#token;
  }

  /** Keeps a token that the instance has accepted. */
  keep(token: string, place: keyof Places): void {
    this.forget();
    this.#token = token;
    try {
      this.#places[place]?.setItem(this.#key, token);
    } catch {
      // Where nothing may be kept, it lasts as long as the page.
    }
  }

  forget(): void {
    this.#token = undefined;
    for (const place of this.#all) place.removeItem(this.#key);
  }

  get #all(): readonly Storage[] {
    return [this.#places.tab, this.#places.browser].filter((place) => place !== undefined);
  }
}

/** Those of the page, as far as it may use them. */
export function placesOfPage(): Places {
  return { tab: allowed(() => globalThis.sessionStorage), browser: allowed(() => globalThis.localStorage) };
}

/** Browsers refuse even to look at a storage where the reader forbade it. */
function allowed(storage: () => Storage | undefined): Storage | undefined {
  try {
    return storage();
  } catch {
    return undefined;
  }
}
