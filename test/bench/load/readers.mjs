// Subscribers to counts in a process of their own, each with a WebSocket as a page has one. Usage: readers.mjs JSON, an
// object with `url`, `subscribers` and `pages`. Says `ready` once all have their first count; at the end of its input
// it prints when the last subscriber of a page had each count, by page, in milliseconds since the epoch.
import { createClient } from 'graphql-ws';
import WebSocket from 'ws';

const OPENING = 100;
const { url, subscribers, pages } = JSON.parse(process.argv[2]);
const query = 'subscription ($path: String!) { count(path: $path) }';
const lastSeen = Array.from({ length: pages }, () => new Map());
const clients = [];
let failed = 0;

for (let begun = 0; begun < subscribers; begun += OPENING) {
  const some = Math.min(OPENING, subscribers - begun);
  await Promise.all(Array.from({ length: some }, (_, index) => subscribe((begun + index) % pages)));
}
process.stdout.write('ready\n');
process.stdin.resume();
process.stdin.once('end', () => {
  process.stdout.write(`${JSON.stringify({ failed, lastSeen: lastSeen.map((seen) => [...seen]) })}\n`);
  for (const client of clients) client.terminate();
  process.exit();
});

function subscribe(page) {
  const client = createClient({ url, webSocketImpl: WebSocket, lazy: false, retryAttempts: 0 });
  clients.push(client);
  return new Promise((resolve) => {
    let shown = null;
    client.subscribe(
      { query, variables: { path: `/page-${page}` } },
      {
        next({ data }) {
          const now = performance.timeOrigin + performance.now();
          // A count that was joined with a later one was seen with that.
          for (let count = (shown ?? data.count) + 1; count <= data.count; count += 1)
            lastSeen[page].set(count, now);
          if (shown === null) resolve();
          shown = data.count;
        },
        error() {
          failed += 1;
          resolve();
        },
        complete: resolve,
      },
    );
  });
}
