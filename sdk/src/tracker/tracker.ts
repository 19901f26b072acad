import { ownerIsIgnored } from './owner.ts';
import { beginView, type View } from './view.ts';
import type { World } from './world.ts';

/** What to track, and for whom. Other properties travel to the server with each registration, which ignores them. */
export interface TrackOptions {
  /** The base URL of the instance, without a slash at its end: `https://stats.example.org`. */
  url: string;
  /** The slug of the site. Absent: the instance has one. */
  site?: string;
  /** Counts everything in this document for one path. Absent: the path in the address bar, whenever that changes. */
  path?: string;
}

/**
 * Tracks a document from now until it is closed. Never throws, and is silent when it fails.
 *
 * A view begins when somebody sees the page: never in a background tab that nobody turns to, nor while the page is
 * prerendered, for it is hidden then. It ends when the path changes, and when the page goes away. A page that comes
 * back from the back/forward cache begins a new view, as going back does without that cache. A new query or fragment
 * is no new view. Browsers freeze no page but a hidden one, so frozen time is hidden time.
 *
 * The first view has the origin of the referrer, even if that is the site itself: the server knows all origins of a
 * site and takes no notice of them. It also has the campaign of the address that the document was opened with. Nothing
 * but the document itself leads to later views.
 */
export function trackPage(world: World, options: TrackOptions): void {
  // Whatever else the query has is nobody's business.
  let arrival =
    world.document.referrer.split('/', 3).join('/') +
    world.location.search.replace('?', '&').replace(/&(?!utm_|ref=)[^&]*/g, '');
  let present: string | false;
  let view: View | undefined;

  const look = (event?: { type: string }) => {
    // A page on its way out may still say that it is visible.
    const here = event?.type !== 'pagehide' && (options.path || world.location.pathname);
    const visible = !!here && !world.document.hidden && !ownerIsIgnored(world);
    if (present !== here) view = view?.(false);
    present = here;
    if (!view && visible) {
      view = beginView(world, { v: '2', ...options, path: here }, arrival);
      arrival = '';
    }
    view?.(visible);
  };

  for (const type of ['pagehide', 'pageshow', 'popstate', 'visibilitychange'])
    world.addEventListener(type, look);
  if (world.navigation) world.navigation.addEventListener('currententrychange', look);
  else {
    for (const name of ['pushState', 'replaceState'] as const) {
      const original = world.history[name];
      world.history[name] = (...entry) => {
        original.call(world.history, ...entry);
        look();
      };
    }
  }
  look();
}
