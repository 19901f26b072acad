/**
 * Calls back now, and whenever the page comes into view (true) or leaves it (false); returns how to stop that. Leaving
 * the page counts too, so that it can go to the back/forward cache.
 */
export type WatchVisible = (changed: (visible: boolean) => void) => () => void;

/** Whether the page is in view, of a window. */
export const watchPageVisible: WatchVisible = (changed) => {
  const stop = new AbortController();
  const { signal } = stop;
  const look = () => changed(document.visibilityState === 'visible');
  document.addEventListener('visibilitychange', look, { signal });
  window.addEventListener('pagehide', () => changed(false), { signal });
  window.addEventListener('pageshow', look, { signal });
  look();
  return () => stop.abort();
};
