/** Bits of `oxi_visits.flags`: what was decided about a visit at counting. Never to be changed. */
export const FLAGS = {
  /** A hit of the pixel and no visit; it has no other bit. */
  pixel: 1,
  /** First visit of its visitor on that day. */
  first: 2,
  /** Second visit of its visitor on that day. */
  second: 4,
  /** First visit of its visitor on this page that day. */
  firstOnPage: 8,
  /** First visit of its visitor with this referrer that day. */
  firstOfReferrer: 16,
  /** First visit of its visitor with this campaign that day. */
  firstOfCampaign: 32,
  /** Its visitor was on the site on one of the days before. */
  returning: 64,
} as const;
