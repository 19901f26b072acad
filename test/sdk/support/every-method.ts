/** A module that calls every method of a client against the service at `URL`, and fails where one fails. */
export const EVERY_METHOD = `
const { visitId, minDelaySecs } = await client.register({ path: '/posts/hello' });
check(minDelaySecs, 0);
check((await client.postSleep({ visitId, referrer: null })).counted, true);
check((await client.pageLeft({ visitId, secondsOnPage: 0 })).spentSeconds, 0);
const [count, none] = await Promise.all([client.count({ path: '/posts/hello' }), client.count({ path: '/none' })]);
check(count > 0, true);
check(none, 0);
check((await client.counts({ first: 1 })).length, 1);
check((await client.history({ path: '/posts/hello', first: 1 })).totalCount, count);
let visits = 0;
for await (const visit of client.history({ path: '/posts/hello', first: 1 })) visits += visit.path.length / 12;
check(visits, count);
check((await client.site())?.id, 'blog');
check((await client.sites()).length, 1);
for await (const now of client.liveCount({ path: '/posts/hello' })) {
  check(now, count);
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
const error = await client.count({ path: 'no-slash' }).catch((reason: unknown) => reason);
check(error instanceof OxicountError && error.code, 'INVALID_PATH');

function check(value: unknown, expected: unknown): void {
  if (value !== expected) throw new Error(\`\${JSON.stringify(value)} instead of \${JSON.stringify(expected)}\`);
}
`;
