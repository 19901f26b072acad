import { setTimeout as pass } from 'node:timers/promises';
import { expect } from 'vitest';

/** Pause between two readings of a normal visitor, in milliseconds. */
const PAUSE_MS = 50;

/** Requests of somebody behind a trusted proxy. */
export function readerAt(address: string): Record<string, string> {
  return {
    'x-forwarded-for': address,
    'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Firefox/140.0',
  };
}

/** Runs an attack while a normal visitor registers pages, each of which must be answered as if nothing were. */
export async function whileVisited(url: string, attack: () => Promise<void>): Promise<void> {
  let over = false;
  const attacking = attack().finally(() => {
    over = true;
  });
  // Told of below, also where the visitor fails first.
  attacking.catch(() => {});
  let answered = 0;
  while (!over || answered === 0) {
    const response = await fetch(`${url}/register?path=/a`, { headers: readerAt('198.51.100.1') });
    expect([response.status, await response.text()]).toEqual([200, expect.stringMatching(/^"[\w-]{75}"$/)]);
    answered += 1;
    await pass(PAUSE_MS);
  }
  await attacking;
}

/** Does something so often, a few at a time. */
export async function repeat(
  times: number,
  atOnce: number,
  what: (index: number) => Promise<void>,
): Promise<void> {
  let next = 0;
  const work = async () => {
    while (next < times) {
      const index = next;
      next += 1;
      await what(index);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
}
