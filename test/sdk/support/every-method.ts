/** A module that calls every method of a client against the service at `URL`, and fails where one fails. */
export const EVERY_METHOD = `
const { visitId, minDelaySecs } = await client.register({ path: '/posts/hello' });
check(minDelaySecs, 0);
check((await client.postSleep({ visitId, referrer: null, query: '?ref=letter' })).counted, true);
check((await client.pageLeft({ visitId, secondsOnPage: 0 })).spentSeconds, 0);
const [count, none] = await Promise.all([client.count({ path: '/posts/hello' }), client.count({ path: '/none' })]);
check(count > 0, true);
check(none, 0);
check(await client.count({ of: 'VIEWS' }), count);
check((await client.counts({ first: 1 })).length, 1);
let pages = 0;
for await (const page of client.counts({ first: 1, orderBy: 'PATH', search: 'HELLO' })) pages += page.count;
check(pages, count);
check((await client.history({ path: '/posts/hello', first: 1 })).totalCount, count);
let visits = 0;
for await (const visit of client.history({ path: '/posts/hello', first: 1 })) visits += visit.path.length / 12;
check(visits, count);
const week = { range: { preset: 'LAST_7_DAYS' }, filter: { page: '/posts/hello' } } as const;
const { range, totals, comparison } = await client.stats({ ...week, compareWith: 'YEAR_BEFORE' });
check(range.preset, 'LAST_7_DAYS');
check(totals.visits, count);
check(comparison?.totals.visits, 0);
check(comparison?.change.visits, null);
const series = await client.series({ ...week, interval: 'DAY' });
check(series.length, 7);
check(series.reduce((sum, { figures }) => sum + figures.visits, 0), count);
let letters = 0;
for await (const { value, figures, share } of client.top({ ...week, dimension: 'CAMPAIGN', first: 1 })) {
  check(value, 'letter');
  check(share, 1);
  letters += figures.visits;
}
check(letters, count);
check((await client.filteredHits({ range: week.range })).every(({ hits, days }) => hits === 0 && days.length === 0), true);
const { minutes } = await client.realTime({ path: '/posts/hello' });
check(minutes.length, 30);
check(minutes.reduce((sum, { visits }) => sum + visits, 0), count);
check((await client.site())?.id, 'blog');
check((await client.sites()).length, 1);
for await (const now of client.liveCount({ path: '/posts/hello' })) {
  check(now, count);
  break;
}
// Votes come from pages of the site, so a program casts none.
const isPage = 'location' in globalThis;
const codeOf = (reason: unknown) => reason instanceof OxicountError && reason.code;
const voted = await client.vote({ path: '/posts/hello', vote: 'UP' }).then((tally) => tally?.mine, codeOf);
check(voted, isPage ? 'UP' : 'ORIGIN_NOT_ALLOWED');
const reset = await client.resetVote({ path: '/posts/hello' }).then((tally) => tally?.mine, codeOf);
check(reset, isPage ? null : 'ORIGIN_NOT_ALLOWED');
check((await client.votes({ path: '/posts/hello' })).score, 0);
const [engaging] = await client.mostEngaging({ ...week, first: 1 });
check(engaging?.changes, isPage ? 2 : undefined);
for await (const { up, down, score } of client.liveVotes({ path: '/posts/hello' })) {
  check(score, up - down);
  break;
}
const counted = client.visitCounted({ path: '/a' });
const next = counted.next();
// What is counted before the subscription stands is not its concern.
await new Promise((resolve) => setTimeout(resolve, 500));
const { visitId: other } = await client.register({ path: '/a' });
await client.postSleep({ visitId: other });
check((await next).value?.path, '/a');
await counted.return();
for await (const { visitors, pages } of client.liveVisitors({ first: 1 })) {
  check(visitors, 1);
  check(pages[0]?.path, '/a');
  break;
}
const refused = await client.stats({ range: { from: 'x' } }).catch((reason: unknown) => reason);
check(refused instanceof OxicountError && refused.code, 'INVALID_ARGUMENT');
const error = await client.count({ path: 'no-slash' }).catch((reason: unknown) => reason);
check(error instanceof OxicountError && error.code, 'INVALID_PATH');

function check(value: unknown, expected: unknown): void {
  if (value !== expected) throw new Error(\`\${JSON.stringify(value)} instead of \${JSON.stringify(expected)}\`);
}
`;
