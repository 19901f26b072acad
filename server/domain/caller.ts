/**
 * Who makes a request, as the edge took it from the connection and its headers. Dimensions, pseudonyms and the
 * filter of bots are made of it; it is never stored and never logged.
 */
export interface Caller {
  /** The `Origin` header; null where there is none, as from scripts and in same-origin GET requests. */
  readonly origin: string | null;
  /** Address of the socket, or of the last hop that is no trusted proxy; null where it is not known. */
  readonly address: string | null;
  /** The address for which that one says to ask, which is believed of a server with a token for it; null for none. */
  readonly claimed: string | null;
  /** Whether that is a proxy which nobody said is one, so that all of its readers have this address. */
  readonly addressShared: boolean;
  readonly userAgent: string | null;
  /** The `Accept-Language` header. */
  readonly languages: string | null;
  /** ISO 3166-1 alpha-2, as a trusted proxy says it; null where none does. */
  readonly country: string | null;
  /** `Sec-GPC: 1`: the reader asks not to be told apart. */
  readonly globalPrivacyControl: boolean;
  /** The bearer token of the `Authorization` header as it came, good or bad; null where there is none. */
  readonly token: string | null;
  /** `DNT: 1`, which counts where the site says so. */
  readonly doNotTrack: boolean;
  /** What else browsers say and programs get wrong; absent headers are null. */
  readonly hints: BrowserHints;
}

/** Headers that tell a reader's browser from a program, each as it came. */
export interface BrowserHints {
  /** `Sec-Purpose`, or its forerunners `Purpose`, `X-Purpose` and `X-Moz`. */
  readonly purpose: string | null;
  /** `Sec-Fetch-Site`; browsers send it to secure origins and to this machine. */
  readonly fetchSite: string | null;
  /** `Sec-CH-UA` */
  readonly brands: string | null;
  /** `Sec-CH-UA-Mobile` */
  readonly mobile: string | null;
  /** `Sec-CH-UA-Platform` */
  readonly platform: string | null;
}
