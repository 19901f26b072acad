import type { BrowserHints, Caller } from '../caller.ts';

/** A caller that says only what is given. */
export function callerOf({
  hints,
  ...headers
}: Partial<Omit<Caller, 'hints'>> & { readonly hints?: Partial<BrowserHints> }): Caller {
  return {
    origin: null,
    address: null,
    userAgent: null,
    languages: null,
    country: null,
    globalPrivacyControl: false,
    token: null,
    claimed: null,
    addressShared: false,
    doNotTrack: false,
    ...headers,
    hints: { purpose: null, fetchSite: null, brands: null, mobile: null, platform: null, ...hints },
  };
}
