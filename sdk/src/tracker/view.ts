import type { World } from './world.ts';

/** How long to wait, in milliseconds, before what failed is tried once more. */
const RETRY_AFTER = 5_000;

type Answer = Awaited<ReturnType<World['fetch']>>;

/** Tells a view whether somebody sees the page from now on. Saying the same twice does no harm. */
export type View = (visible: boolean) => undefined;

/** What a view is registered with. */
export interface Beginning {
  /** The base URL of the instance, without a slash at its end. */
  url: string;
  path: string;
  /** The slug of the site. Absent: the instance has one. */
  site?: string;
  /** Asks for the minimum delay, which is not part of the answer otherwise. */
  v: '2';
}

/**
 * Registers a page view, which begins hidden.
 *
 * It posts once, as soon as the page was visible for the minimum delay *and* the same delay has passed since the
 * answer to the registration, because the server measures from there. So a slow network may postpone the post, even
 * into a time when the page is hidden, but never asks a reader to stay visible longer. A registration or a post that
 * finds no server, or one in trouble or too many requests from this address, is tried once more. That is later than an
 * instance in trouble asks for, and counts nothing twice: a registration counts nothing, and a visit id counts once.
 *
 * Whenever the page is hidden, the whole seconds that it was visible are reported if they grew. They are reported
 * again once the view was posted: a server has no use for them before the visit counts.
 *
 * Nobody is told of a failure. No request needs a preflight, and none takes credentials to another origin.
 *
 * @param arrival what the post says of where the reader came from, ready for its URL: the origin of the page that led
 * here, empty if there is none, and `&name=value` of each parameter that names the campaign
 */
export function beginView(world: World, { url, ...page }: Beginning, arrival: string): View {
  /** The moment since when the page would have been visible, had it never been hidden; nothing while it is hidden. */
  let shownSince: number | false | undefined;
  let visibleBefore = 0;
  let settle = () => {};

  const now = () => world.performance.now();
  const visibleTime = () => (shownSince ? now() - shownSince : visibleBefore);
  // A GET to the page's own origin carries no `Origin`. A POST always does.
  const send = (route: string, take: (response: Answer) => unknown, final?: boolean): unknown =>
    world
      .fetch(url + route, { method: 'POST', keepalive: true })
      .then((response) => {
        if (response.status < 429) {
          final = true;
          return take(response);
        }
        return undefined;
      })
      .catch(() => {})
      .then(() => final || world.setTimeout(() => send(route, take, true), RETRY_AFTER));

  send(`/register?${new URLSearchParams(page)}`, async (response) => {
    const { visitId, minDelaySecs } = (await response.json()) as { visitId: string; minDelaySecs: number };
    const due = now() + minDelaySecs * 1_000;
    let reported = 0;
    let posted: unknown;

    // Runs whenever something changed, and when there is no more to wait for. Too often does no harm.
    settle = () => {
      const seconds = (visibleBefore / 1_000) | 0;
      const unseen = minDelaySecs * 1_000 - visibleTime();
      if (unseen > 0) {
        if (shownSince) world.setTimeout(settle, unseen);
      } else if (due > now()) world.setTimeout(settle, due - now());
      else if (!posted) {
        posted = send(`/post-sleep/${visitId}?referrer_origin=${arrival}`, () => {
          reported = 0;
          settle();
        });
      }
      if (!shownSince && seconds > reported) {
        reported = seconds;
        world.navigator.sendBeacon?.(`${url}/page-left/${visitId}/${seconds}`);
      }
    };
    settle();
  });

  return (visible) => {
    visibleBefore = visibleTime();
    shownSince = visible && now() - visibleBefore;
    settle();
  };
}
