const MARGIN = 8;

/** How far to move a box sideways, in pixels, so that all of it is in sight; its left end in any case. */
export function intoView({ left, right }: { left: number; right: number }, width: number): number {
  const back = Math.min(0, width - MARGIN - right);
  return back + Math.max(0, MARGIN - (left + back));
}
