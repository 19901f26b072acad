import { Agent, request } from 'node:http';
import { setTimeout } from 'node:timers/promises';

const PAGES = 5;
const PATIENCE_MS = 15_000;
const PAUSE_MS = 300;

/** What readers did, and what they were told. */
export interface Readers {
  /** Visits that were acknowledged, each by its id, and where. */
  readonly acknowledged: ReadonlySet<string>;
  /** Visits whose readers were told nothing good. They may have counted. */
  readonly open: ReadonlySet<string>;
  /** Hits of the pixel: those that were answered, and all. */
  readonly pixels: { answered: number; sent: number };
  /** How many requests were refused or broken off. */
  readonly failures: () => number;
  /** What refusals said. */
  readonly codes: ReadonlySet<string>;
  /** Resolves when all of them have left. */
  stop(): Promise<void>;
}

/**
 * Readers who visit pages one after the other, each with an address and a browser of its own. Like the tracker they
 * try again what failed, with the same visit id.
 * @param origin where the instance is, or what is in front of it
 */
export function sendReaders(origin: () => string, count: number): Readers {
  const agent = new Agent({ keepAlive: true, maxSockets: count });
  const acknowledged = new Set<string>();
  const open = new Set<string>();
  const pixels = { answered: 0, sent: 0 };
  let failures = 0;
  const codes = new Set<string>();
  let stopped = false;

  const ask = async (method: string, path: string, reader: number) => {
    const answer = await send(agent, `${origin()}${path}`, method, reader);
    if (answer.status !== 200) failures += 1;
    if (answer.code !== undefined) codes.add(answer.code);
    return answer;
  };

  async function visit(reader: number, turn: number): Promise<void> {
    const path = `/page-${(reader + turn) % PAGES}`;
    if (turn % 10 === 9) {
      pixels.sent += 1;
      const { status } = await ask('GET', `/pixel.gif?path=${path}`, reader);
      if (status === 200) pixels.answered += 1;
      return;
    }
    const registered = await ask('POST', `/register?path=${path}`, reader);
    if (registered.status !== 200) {
      await setTimeout(PAUSE_MS);
      return;
    }
    const id = JSON.parse(registered.body) as string;
    open.add(id);
    const deadline = performance.now() + PATIENCE_MS;
    while (!(await counts(id, reader))) {
      if (performance.now() > deadline) return;
      await setTimeout(PAUSE_MS);
    }
    open.delete(id);
    acknowledged.add(id);
    await ask('POST', `/page-left/${id}/0`, reader);
  }

  async function counts(id: string, reader: number): Promise<boolean> {
    const { status } = await ask(
      'POST',
      `/post-sleep/${id}?referrer_origin=https://from-${reader % 7}.example`,
      reader,
    );
    // The answer of the time before was lost on its way, and the visit was not.
    return status === 200 || status === 400;
  }

  const readers = Promise.all(
    Array.from({ length: count }, async (_, reader) => {
      for (let turn = 0; !stopped; turn += 1) await visit(reader, turn);
    }),
  );
  return {
    acknowledged,
    open,
    pixels,
    failures: () => failures,
    codes,
    async stop() {
      stopped = true;
      await readers;
      agent.destroy();
    },
  };
}

/** Posts a visit as it was, once more. @returns the status */
export async function postAgain(origin: string, id: string): Promise<number> {
  return (await fetch(`${origin}/post-sleep/${id}`, { method: 'POST' })).status;
}

interface Answer {
  /** 0 where there was none. */
  readonly status: number;
  /** Of a refusal. */
  readonly code: string | undefined;
  readonly body: string;
}

function send(agent: Agent, url: string, method: string, reader: number): Promise<Answer> {
  const headers = {
    'x-forwarded-for': `198.51.100.${reader}`,
    'user-agent': `Mozilla/5.0 (X11; Linux x86_64; rv:${120 + (reader % 9)}.0) Gecko/20100101 Firefox/${120 + (reader % 9)}.0`,
    'accept-language': ['de-DE,de;q=0.8', 'en-GB,en;q=0.7', 'fr'][reader % 3],
    'sec-fetch-site': 'cross-site',
  };
  return new Promise((resolve) => {
    const failed = () => resolve({ status: 0, code: undefined, body: '' });
    request(url, { agent, method, headers }, (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (chunk) => {
        body += chunk;
      });
      response
        .on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            code: response.headers['oxicount-error'] as string,
            body,
          }),
        )
        .on('error', failed);
    })
      .on('error', failed)
      .end();
  });
}
