import { existsSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { createClient } from 'graphql-ws';
import { describe, expect, onTestFinished, test } from 'vitest';
import { WebSocket } from 'ws';
import { eachDatabase } from '../support/databases.ts';
import { serve, temporaryFolder } from '../support/program.ts';
import { startTrackedSite } from '../support/tracked-site.ts';
import { sendReaders } from './readers.ts';

const FAKETIME = '/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1';
/** How fast the clock of the program runs. Its patience with others shrinks with it, so much faster is no test. */
const SPEED = 30;
/** What the collector has not got to yet: it varies by some tens of megabytes from look to look. */
const NOT_COLLECTED = 48 * 1_048_576;
const HOUR_MS = 3_600_000;
const READERS = 8;
const SUBSCRIBERS = 20;
/** Until caches are full and code is compiled; simulated. */
const WARM_UP_MS = 20 * 60_000;
/** Idle connections are closed by then; simulated. */
const SETTLING_MS = 3 * 60_000;

const absence = existsSync(FAKETIME) ? null : `no libfaketime at ${FAKETIME} (Debian: faketime)`;
if (absence !== null && process.env['CI']) throw new Error(`CI needs it: ${absence}`);

/** What a process holds. */
interface Holding {
  readonly files: number;
  readonly sockets: number;
  readonly memory: number;
}

function holdingOf(pid: number): Holding {
  const links = readdirSync(`/proc/${pid}/fd`).map((fd) => {
    try {
      return readlinkSync(`/proc/${pid}/fd/${fd}`);
    } catch {
      // It was closed meanwhile.
      return '';
    }
  });
  const [, kilobytes] = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return {
    files: links.filter((link) => link !== '' && !link.startsWith('socket:')).length,
    sockets: links.filter((link) => link.startsWith('socket:')).length,
    memory: Number(kilobytes) * 1_024,
  };
}

/** Readers, and subscribers who come and go, for so long of the program's time; then quiet. */
async function load(url: string, milliseconds: number): Promise<number> {
  const readers = sendReaders(() => url, READERS);
  const deadline = performance.now() + milliseconds / SPEED;
  const subscribers = Array.from({ length: SUBSCRIBERS }, async (_, index) => {
    while (performance.now() < deadline) {
      const client = createClient({
        url: `${url.replace('http', 'ws')}/graphql`,
        webSocketImpl: WebSocket,
        retryAttempts: 0,
      });
      const field = index % 2 === 0 ? 'count(path: "/page-1")' : 'liveVisitors { visitors }';
      const told = client.iterate({ query: `subscription { ${field} }` });
      // Some leave in order, others are gone without a word.
      await told.next().catch(() => {});
      await setTimeout(200);
      if (index % 3 === 0) client.terminate();
      else await client.dispose();
    }
  });
  await Promise.all(subscribers);
  await readers.stop();
  await setTimeout(SETTLING_MS / SPEED);
  return readers.acknowledged.size;
}

describe.skipIf(absence)(`an hour under load${absence ? ` (skipped: ${absence})` : ''}`, () => {
  eachDatabase('leaves memory, files and sockets where they were', (kind) => {
    test('on a clock that runs fast', async () => {
      const database = await kind.create();
      onTestFinished(database.remove);
      const site = await startTrackedSite(['/page-0', '/page-1', '/page-2', '/page-3', '/page-4']);
      onTestFinished(() => site.close());
      const program = serve(
        {
          LD_PRELOAD: FAKETIME,
          FAKETIME: `+0 x${SPEED}`,
          OXICOUNT_DATABASE_URL: database.url,
          OXICOUNT_TRACKED_ORIGIN: site.url,
          OXICOUNT_MIN_DELAY_SECS: '0',
          OXICOUNT_LIMITS__TRACKING: '0',
          OXICOUNT_LIMITS__READS: '0',
          OXICOUNT_LIMITS__NEW_PAGES: '0',
          OXICOUNT_LIMITS__SUBSCRIPTIONS: '0',
          OXICOUNT_LOG_LEVEL: 'error',
        },
        await temporaryFolder(),
      );
      const url = await program.url;
      const pid = program.pid ?? 0;

      await load(url, WARM_UP_MS);
      const before = holdingOf(pid);
      const visits = await load(url, HOUR_MS);
      const after = holdingOf(pid);

      console.info(`${kind.name}: ${visits} visits`, before, after);
      expect(visits).toBeGreaterThan(1_000);
      expect(after.files).toBeLessThanOrEqual(before.files + 2);
      expect(after.sockets).toBeLessThanOrEqual(before.sockets + 2);
      // With the visits of an hour, a leak of two kilobytes each would be more.
      expect(after.memory - before.memory).toBeLessThan(NOT_COLLECTED + visits * 1_024);
    });
  });
});
