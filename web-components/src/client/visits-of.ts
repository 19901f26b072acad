import type { Source } from './keep-fresh.ts';

// One document for all, so that the elements of a page share one subscription.
const VISIT_COUNTED = 'subscription($site:ID$path:String){visitCounted(site:$site path:$path){id}}';

/** Says that there is something new to read whenever a visit counts, on the site or on one page of it. */
export function visitsOf(site: string | undefined, path: string | undefined): Source<never> {
  return { document: VISIT_COUNTED, variables: { site, path } };
}
