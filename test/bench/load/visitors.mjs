// Visits at an even pace from a process of its own. Usage: visitors.mjs JSON, an object with `url`, `pages`, `perSecond`
// and `seconds`. Prints when visits were acknowledged, by page, in milliseconds since the epoch.
import { setTimeout } from 'node:timers/promises';

const { url, pages, perSecond, seconds } = JSON.parse(process.argv[2]);
const acknowledged = Array.from({ length: pages }, () => []);
// New pages one after the other: the first sight of one is not what is measured.
for (let page = 0; page < pages; page += 1) await fetch(`${url}/register?path=/page-${page}`);
const begun = performance.now();
const visits = [];
for (let number = 0; number < perSecond * seconds; number += 1) {
  const wait = begun + (number * 1000) / perSecond - performance.now();
  if (wait > 1) await setTimeout(wait);
  visits.push(visit(number % pages));
}
await Promise.all(visits);
process.stdout.write(JSON.stringify(acknowledged));

async function visit(page) {
  const registered = await fetch(`${url}/register?path=/page-${page}`);
  const response = await fetch(`${url}/post-sleep/${await registered.json()}`, { method: 'POST' });
  if (!response.ok) throw new Error(`A visit was refused with ${response.status}: ${await response.text()}`);
  acknowledged[page].push(performance.timeOrigin + performance.now());
}
