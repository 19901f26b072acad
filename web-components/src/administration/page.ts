import type { NewToken, Site, Token } from './administered.ts';
import type { Attempt } from './attempt.ts';
import type { Deleting } from './sites/deleting.ts';

/** What is open within a view. */
export type Page =
  | { readonly kind: 'list' }
  /** The settings of a site that cannot be changed here. */
  | { readonly kind: 'site'; readonly site: Site }
  /** A new site, where there is none. */
  | { readonly kind: 'site-form'; readonly site: Site | undefined; readonly attempt: Attempt }
  | { readonly kind: 'site-added'; readonly site: Site }
  | { readonly kind: 'token-form'; readonly attempt: Attempt }
  | { readonly kind: 'token-made'; readonly made: NewToken };

/** What is asked before it is done. */
export type Question =
  | { readonly kind: 'delete'; readonly site: Site; readonly deleting: Deleting }
  | { readonly kind: 'revoke'; readonly token: Token; readonly attempt: Attempt };
