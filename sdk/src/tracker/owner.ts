import type { World } from './world.ts';

/**
 * Whether the owner of the site asked not to be counted in this browser: visiting any page with the fragment
 * `#oxicount-ignore` asks for it, `#oxicount-count` takes it back. Where storage is denied, the wish lasts as long as
 * its fragment.
 */
export function ownerIsIgnored(world: World): boolean {
  let wish: unknown;
  try {
    [, wish = world.localStorage.oxicount] = world.location.hash.split('#oxicount-');
    if (wish) world.localStorage.oxicount = wish;
  } catch {
    // Storage is denied.
  }
  return wish === 'ignore';
}
