export { type TrackOptions, trackPage } from './tracker/tracker.ts';
export type { World } from './tracker/world.ts';
