// Made-up figures of a small blog, in the shape in which elements take them.
const DAY = 86_400_000;
const FIRST = Date.UTC(2026, 2, 1);
const DAYS = 31;

const range = {
  preset: null,
  from: iso(FIRST),
  to: iso(FIRST + DAYS * DAY),
  firstDay: '2026-03-01',
  lastDay: '2026-03-31',
};
const before = {
  preset: null,
  from: iso(FIRST - DAYS * DAY),
  to: iso(FIRST),
  firstDay: '2026-01-29',
  lastDay: '2026-02-28',
};

/** By element: what it shows with figures, and with none. */
export const SAMPLES = {
  'oxi-count': { full: { count: 12_345 }, empty: { count: 0 } },
  'oxi-history': { full: history(1), empty: history(0) },
  'oxi-live': { full: live(1), empty: live(0) },
  'oxi-top': {
    full: top({
      '/tide-pools': 412,
      '/slow-reading': 288,
      '/a-small-garden': 171,
      '/caf%C3%A9': 96,
      '/': 33,
    }),
    empty: top({}),
  },
  'oxi-totals': { full: totals(1), empty: totals(0) },
  'oxi-visits': { full: visits(6), empty: visits(0) },
  'oxi-votes': {
    full: { up: 12, down: 3, score: 9, mine: 'UP' },
    empty: { up: 0, down: 0, score: 0, mine: null },
  },
};

function history(size) {
  const points = series(FIRST, 24 * size);
  const earlier = series(FIRST - DAYS * DAY, 19 * size);
  const [total, totalBefore] = [sum(points), sum(earlier)];
  return {
    figure: 'visits',
    range,
    timeZone: 'UTC',
    interval: 'DAY',
    points,
    total,
    comparison: size
      ? { range: before, total: totalBefore, change: total / totalBefore - 1, points: earlier }
      : null,
  };
}

/** A week has a rhythm, and one day somebody with many readers wrote of the tide pools. */
function series(first, size) {
  return Array.from({ length: DAYS }, (_none, day) => ({
    start: iso(first + day * DAY),
    value: Math.round(
      size *
        (1 +
          0.4 * Math.sin(day * 0.9) +
          0.25 * Math.sin(day * 2.3) +
          2.2 * Math.exp(-(((day - 18) / 2) ** 2))),
    ),
  }));
}

function live(size) {
  const at = Date.UTC(2026, 2, 31, 18, 30);
  const minutes = Array.from({ length: 30 }, (_none, minute) => ({
    start: iso(at - (30 - minute) * 60_000),
    visits: Math.round(size * (3 + 2.4 * Math.sin(minute * 0.7) + (minute % 5))),
    pixelViews: size * Number(minute % 7 === 0),
  }));
  const pages = [
    { path: '/tide-pools', visitors: 9 },
    { path: '/slow-reading', visitors: 4 },
    { path: '/caf%C3%A9', visitors: 1 },
  ];
  return { at: iso(at), visitors: 14 * size, pages: size ? pages : [], minutes };
}

function top(figures) {
  const total = Object.values(figures).reduce((all, figure) => all + figure, 0);
  const values = Object.entries(figures).map(([value, figure]) => ({ value, figure, share: figure / total }));
  return { values, total, more: false, cursor: null, baseUrl: null };
}

function totals(size) {
  const now = { visits: 1_000, visitors: 812, views: 1_204, averageSpentSeconds: 94, bounceRate: 0.38 };
  const change = { visits: 0.24, visitors: 0.19, views: 0.21, averageSpentSeconds: 0.06, bounceRate: -0.08 };
  if (!size) {
    return {
      range,
      totals: { visits: 0, visitors: 0, views: 0, averageSpentSeconds: null, bounceRate: null },
      comparison: null,
    };
  }
  const earlier = Object.fromEntries(
    Object.entries(now).map(([figure, value]) => [
      figure,
      figure === 'bounceRate' ? value / (1 + change[figure]) : Math.round(value / (1 + change[figure])),
    ]),
  );
  return { range, totals: now, comparison: { range: before, totals: earlier, change } };
}

function visits(length) {
  const referrers = ['news.example', null, 'search.example', 'a-friend.example', null, 'news.example'];
  return {
    visits: Array.from({ length }, (_none, index) => ({
      id: `visit-${index}`,
      registeredAt: iso(Date.UTC(2026, 2, 31, 18, 26 - index * 4)),
      referrer: referrers[index],
      spentSeconds: [null, 185, 42, 611, 19, 73][index],
    })),
    total: length,
    newer: null,
    older: null,
    timeZone: 'UTC',
  };
}

function iso(milliseconds) {
  return new Date(milliseconds).toISOString();
}

function sum(points) {
  return points.reduce((all, { value }) => all + value, 0);
}
