// A process of its own that puts load on a server: complete visits, or plain requests against the baseline.
// Usage: load.mjs MODE URL CONCURRENCY SECONDS; prints one JSON object.
import { Agent, request } from 'node:http';
import { performance } from 'node:perf_hooks';

const [mode, url, concurrency, seconds] = process.argv.slice(2);
const { hostname, port } = new URL(url);
const agent = new Agent({ keepAlive: true, maxSockets: Number(concurrency) });
const deadline = performance.now() + Number(seconds) * 1000;
const times = [];
const done = { requests: 0, visits: 0, failed: 0 };

const work = { visits: completeVisit, bare: bareRequest }[mode];
await Promise.all(Array.from({ length: Number(concurrency) }, (_, index) => loop(index)));
times.sort((a, b) => a - b);
const percentile = (share) => times[Math.min(times.length - 1, Math.floor(times.length * share))];
process.stdout.write(JSON.stringify({ ...done, p50: percentile(0.5), p99: percentile(0.99) }));
agent.destroy();

async function loop(index) {
  while (performance.now() < deadline) await work(index);
}

async function completeVisit(index) {
  const headers = reader();
  const id = JSON.parse(await ask('GET', `/register?path=/page-${index % 20}`, headers));
  if (id === null) return;
  const referrer = `https://site-${index % 7}.example`;
  const counted = await ask('POST', `/post-sleep/${id}?referrer_origin=${referrer}`, headers);
  if (counted !== null) done.visits += 1;
  await ask('POST', `/page-left/${id}/0`, headers);
}

/** One of a hundred thousand readers, as their browsers and the proxy in front of the service tell of them. */
function reader() {
  const number = Math.floor(Math.random() * 100_000);
  return {
    'x-forwarded-for': `${80 + (number % 5)}.${number % 251}.${(number >> 8) % 256}.7`,
    'user-agent': `Mozilla/5.0 (X11; Linux x86_64; rv:${120 + (number % 20)}.0) Gecko/20100101 Firefox/${120 + (number % 20)}.0`,
    'accept-language': ['de-DE,de;q=0.8', 'en-GB,en;q=0.7', 'fr'][number % 3],
    'sec-fetch-site': 'cross-site',
  };
}

async function bareRequest() {
  await ask('GET', '/register?path=/page', reader());
}

/** The body of a successful answer, else null. */
function ask(method, path, headers = {}) {
  const begun = performance.now();
  return new Promise((resolve) => {
    const sent = request({ agent, hostname, port, method, path, headers }, (response) => {
      let body = '';
      response.setEncoding('utf8');
      response.on('data', (chunk) => {
        body += chunk;
      });
      response.on('end', () => {
        times.push(performance.now() - begun);
        done.requests += 1;
        if (response.statusCode !== 200) done.failed += 1;
        resolve(response.statusCode === 200 ? body || '""' : null);
      });
    });
    sent.on('error', () => {
      done.failed += 1;
      resolve(null);
    });
    sent.end();
  });
}
