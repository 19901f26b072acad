// What follows subscriptions: a module of its own, loaded by the first live element of a page.
import { createLive } from '@oxicount/sdk/live';
import type { Request, SlimOptions, TypedString } from '@oxicount/sdk/slim';
import { createFollow } from './client/following.ts';
import { createKeepFresh, type KeepFresh } from './client/keep-fresh.ts';
import { watchPageVisible } from './client/page-visible.ts';

/** Keeps values of an instance fresh over one WebSocket, which is there while the page is in view. */
export function openSocket(options: SlimOptions, request: Request): KeepFresh {
  const follow = createFollow({
    watchVisible: watchPageVisible,
    connect(watch) {
      const live = createLive(options, request, watch);
      return (document, variables, signal) =>
        live(document as TypedString<unknown, object>, variables, signal);
    },
  });
  return createKeepFresh(follow);
}
