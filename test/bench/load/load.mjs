// A process of its own that puts load on servers. Usage: load.mjs JSON, an object with `work` (a name of below), `urls`
// (loops take them in turn), `concurrency`, `seconds`, for `ask` the `body` of a GraphQL request, and optionally `visits`
// after which it ends sooner. Prints one JSON object.
import { Agent, request } from 'node:http';
import { performance } from 'node:perf_hooks';

const REGISTER = 'mutation ($path: String!) { register(path: $path) { visitId minDelaySecs } }';
const POST_SLEEP =
  'mutation ($id: ID!, $referrer: String) { postSleep(visitId: $id, referrer: $referrer) { counted } }';
const PAGE_LEFT = 'mutation ($id: ID!) { pageLeft(visitId: $id, secondsOnPage: 0) { spentSeconds } }';

const {
  work,
  urls,
  concurrency,
  seconds,
  body,
  visits = Number.POSITIVE_INFINITY,
} = JSON.parse(process.argv[2]);
const agent = new Agent({ keepAlive: true, maxSockets: concurrency });
const servers = urls.map((url) => new URL(url));
const deadline = performance.now() + seconds * 1000;
const times = [];
const done = { requests: 0, visits: 0, failed: 0 };

const step = { plain, graphql, pixel, bare, yoga, ask }[work];
const begun = performance.now();
await Promise.all(Array.from({ length: concurrency }, (_, index) => loop(index)));
const elapsed = (performance.now() - begun) / 1000;
agent.destroy();
times.sort((a, b) => a - b);
const percentile = (share) => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? null;
process.stdout.write(JSON.stringify({ ...done, elapsed, p50: percentile(0.5), p99: percentile(0.99) }));

async function loop(index) {
  const server = servers[index % servers.length];
  while (performance.now() < deadline && done.visits < visits) await step(server, index);
}

/** A complete visit over the plain routes: register, post-sleep, page-left. */
async function plain(server, index) {
  const headers = reader();
  const id = await send(server, { path: `/register?path=/page-${index % 20}`, headers });
  if (id === null) return;
  const referrer = `https://site-${index % 7}.example`;
  const path = `/post-sleep/${JSON.parse(id)}?referrer_origin=${referrer}`;
  if ((await send(server, { method: 'POST', path, headers })) !== null) done.visits += 1;
  await send(server, { method: 'POST', path: `/page-left/${JSON.parse(id)}/0`, headers });
}

async function graphql(server, index) {
  const headers = reader();
  const registered = await query(server, REGISTER, { path: `/page-${index % 20}` }, headers);
  if (registered === null) return;
  const id = registered.register.visitId;
  const referrer = `https://site-${index % 7}.example`;
  if ((await query(server, POST_SLEEP, { id, referrer }, headers)) !== null) done.visits += 1;
  await query(server, PAGE_LEFT, { id }, headers);
}

async function pixel(server, index) {
  const path = `/pixel.gif?path=/page-${index % 20}`;
  if ((await send(server, { path, headers: reader() })) !== null) done.visits += 1;
}

async function bare(server) {
  await send(server, { path: '/register?path=/page', headers: reader() });
}

async function yoga(server) {
  await query(server, 'mutation { constant }', undefined, reader());
}

async function ask(server) {
  await query(server, body.query, body.variables, reader());
}

/** One of a hundred thousand readers, as their browsers and the proxy in front of the service tell of them. */
function reader() {
  const number = Math.floor(Math.random() * 100_000);
  const version = 120 + (number % 20);
  return {
    'x-forwarded-for': `${80 + (number % 5)}.${number % 251}.${(number >> 8) % 256}.7`,
    'user-agent': `Mozilla/5.0 (X11; Linux x86_64; rv:${version}.0) Gecko/20100101 Firefox/${version}.0`,
    'accept-language': ['de-DE,de;q=0.8', 'en-GB,en;q=0.7', 'fr'][number % 3],
    'sec-fetch-site': 'cross-site',
  };
}

/** The data of a successful answer, else null. */
async function query(server, text, variables, headers) {
  const sent = JSON.stringify({ query: text, variables });
  const answer = await send(server, {
    method: 'POST',
    path: '/graphql',
    headers: { ...headers, 'content-type': 'application/json', 'content-length': Buffer.byteLength(sent) },
    sent,
  });
  if (answer === null) return null;
  const { data, errors } = JSON.parse(answer);
  if (!errors) return data;
  done.failed += 1;
  return null;
}

/** The body of a successful answer, else null. */
function send({ hostname, port }, { method = 'GET', path, headers, sent }) {
  const sentAt = performance.now();
  return new Promise((resolve) => {
    const asked = request({ agent, hostname, port, method, path, headers }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk) => {
        text += chunk;
      });
      response.on('end', () => {
        times.push(performance.now() - sentAt);
        done.requests += 1;
        if (response.statusCode !== 200) done.failed += 1;
        resolve(response.statusCode === 200 ? text : null);
      });
    });
    asked.on('error', () => {
      done.failed += 1;
      resolve(null);
    });
    asked.end(sent);
  });
}
