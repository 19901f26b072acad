import { kindsOfDatabases } from '../parts/databases.mjs';
import { command, load, startBare, startService } from '../parts/processes.mjs';
import { shown, spread, table } from '../parts/statistics.mjs';

const SIZES = [10_000, 1_000_000];
/** Takes a quarter of an hour to load on each database. */
const LARGE = 10_000_000;
const SITE = 'sample';

const stats = (range, filter = '') => `{ stats(site: "${SITE}", range: ${range}${filter}) {
  totals { views visitors returningVisitors } top(dimension: PAGE, first: 10) { edges { node { value } } } } }`;
const QUESTIONS = {
  count: `{ count(site: "${SITE}", path: "/") }`,
  counts: `{ counts(site: "${SITE}", first: 20) { path count } }`,
  'history, first page': history(),
  'stats 24 h': stats('{ preset: LAST_24_HOURS }'),
  'stats 30 d': stats('{ preset: LAST_30_DAYS }'),
  'stats 365 d': stats('{ preset: LAST_365_DAYS }'),
  'stats, all': stats('{ preset: ALL_TIME }'),
  'stats 30 d of a country': stats('{ preset: LAST_30_DAYS }', ', filter: { country: "DE" }'),
  'real time': `{ realTime(site: "${SITE}") { visitors minutes { visits } } }`,
};

/** How long figures take by the number of visits, one question at a time; and counts a second, many at a time. */
export async function measure({ runs, seconds, large }) {
  const yoga = await startBare('bare-yoga.mjs');
  const results = [];
  try {
    for (const kind of await kindsOfDatabases()) {
      for (const visits of large ? [...SIZES, LARGE] : SIZES) {
        const database = await kind.create();
        try {
          await command(database.url, 'demo', '--visits', `${visits}`, '--days', '400');
          results.push(...(await questions({ kind, database, visits, yoga, runs, seconds })));
        } finally {
          await database.remove();
        }
      }
    }
  } finally {
    await yoga.stop();
  }
  return results;
}

async function questions({ kind, database, visits, yoga, runs, seconds }) {
  const service = await startService({ databaseUrl: database.url, site: yoga.url });
  try {
    const deep = history(await deepCursor(service.url));
    const asked = { ...QUESTIONS, 'history, deep page': deep };
    const results = [];
    for (const [question, query] of Object.entries(asked)) {
      results.push(await one({ question, query, concurrency: 1 }));
    }
    results.push(await one({ question: 'count', query: QUESTIONS.count, concurrency: 50 }));
    return results;
  } finally {
    await service.stop();
  }

  async function one({ question, query, concurrency }) {
    const measured = [];
    for (let run = 0; run <= runs; run += 1) {
      const base = await load({ work: 'yoga', urls: [yoga.url], concurrency, seconds: seconds / 2 });
      const own = await load({
        work: 'ask',
        urls: [service.url],
        concurrency,
        seconds: seconds / 2,
        body: { query },
      });
      if (own.failed > 0) throw new Error(`The question "${question}" failed ${own.failed} times.`);
      if (run > 0) measured.push({ ...own, base });
    }
    const of = (figure) => spread(measured.map(figure));
    return {
      database: kind.name,
      visits,
      question,
      concurrency,
      p50Ms: of(({ p50 }) => p50),
      p99Ms: of(({ p99 }) => p99),
      bareP50Ms: of(({ base }) => base.p50),
      ratio: of(({ requests, elapsed, base }) => requests / elapsed / (base.requests / base.elapsed)),
    };
  }
}

function history(after = null) {
  return `{ history(site: "${SITE}", path: "/", first: 50, after: ${JSON.stringify(after)}) {
    edges { node { registeredAt referrer spentSeconds } } pageInfo { endCursor hasNextPage } } }`;
}

/** The cursor after some thousands of visits of a page, as far as there are so many. */
async function deepCursor(url) {
  let cursor = null;
  for (let page = 0; page < 20; page += 1) {
    const query = history(cursor).replace('first: 50', 'first: 1000');
    const response = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query }),
    });
    const { pageInfo } = (await response.json()).data.history;
    if (!pageInfo.hasNextPage) return cursor;
    cursor = pageInfo.endCursor;
  }
  return cursor;
}

export function print(results) {
  const smallest = (one) =>
    results.find(
      ({ database, question, concurrency, visits }) =>
        database === one.database &&
        question === one.question &&
        concurrency === one.concurrency &&
        visits === SIZES[0],
    );
  return table(
    [
      'database',
      'visits',
      'question',
      'at once',
      'p50 ms',
      'p99 ms',
      'of p50 at 10,000',
      'p50 of bare Yoga',
      'requests/s of bare Yoga',
    ],
    results.map((one) => [
      one.database,
      one.visits.toLocaleString('en'),
      one.question,
      one.concurrency,
      shown(one.p50Ms, 2),
      shown(one.p99Ms, 2),
      shown(one.p50Ms.median / smallest(one).p50Ms.median, 2),
      shown(one.bareP50Ms, 2),
      shown(one.ratio, 2),
    ]),
  );
}
