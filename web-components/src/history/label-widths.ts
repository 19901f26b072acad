// An em of 16 pixels, labels of three quarters of that, and letters as wide as wide fonts have them.
const LETTERS_AN_EM = 16 / 7.6;
/** What the values beside the chart take. */
const VALUES_EM = 3;
const NARROWEST_EM = 17;

/**
 * Widths of an element, in its own letters, from which on there is room for more labels. All labels are drawn, and
 * style sheets show those for the present width: so a page that comes from a server needs no measuring.
 */
export const WIDTHS = [0, 24, 32, 42, 54, 68].map((from) => ({
  name: `from-${from}`,
  from,
  /** Of the axis, in letters of the labels. */
  axis: (Math.max(from, NARROWEST_EM) - VALUES_EM) * LETTERS_AN_EM,
}));
