import { describe, expect, it } from 'vitest';
import { createLive } from './live.ts';
import { type LiveState, pauseBefore, type World } from './live-stream.ts';

const operation = { endpoint: 'https://count.example/graphql', query: 'subscription { n }' };
const encode = (text: string) => new TextEncoder().encode(text);
const settle = () => new Promise((resolve) => setTimeout(resolve, 5));

/** One connection as the service sees it. */
interface Line {
  readonly request: Request;
  readonly send: (text: string) => void;
  readonly close: () => void;
}

/** A world without network or clock: the test answers requests and lets pauses pass. */
function world() {
  const lines: Line[] = [];
  const pauses: { ms: number; pass: () => void }[] = [];
  let changed: (visible: boolean) => void = () => {};
  let answer: (() => Response) | undefined;
  const fetch: World['fetch'] = async (request) => {
    if (answer) return answer();
    let controller: ReadableStreamDefaultController<Uint8Array> | undefined;
    const body = new ReadableStream<Uint8Array>({
      start(own) {
        controller = own;
      },
    });
    request.signal.addEventListener('abort', () => controller?.error(request.signal.reason));
    lines.push({
      request,
      send: (text) => controller?.enqueue(encode(text)),
      close: () => controller?.close(),
    });
    return new Response(body, { headers: { 'content-type': 'text/event-stream' } });
  };
  const wait: World['wait'] = (ms, signal) =>
    new Promise((resolve) => {
      pauses.push({ ms, pass: resolve });
      signal.addEventListener('abort', () => resolve());
    });
  const watchVisible: World['watchVisible'] = (callback) => {
    changed = callback;
    callback(true);
    return () => {};
  };
  return {
    live: createLive({ fetch, wait, random: () => 0, watchVisible }),
    lines,
    /** Lets the pause before the next attempt, or a silence of 40 s, pass. */
    pass: (ms: number) =>
      pauses
        .filter((pause) => pause.ms === ms)
        .at(-1)
        ?.pass(),
    look: (visible: boolean) => changed(visible),
    answerWith: (response: (() => Response) | undefined) => {
      answer = response;
    },
  };
}

/** What a listener was told. */
function listener() {
  const states: LiveState[] = [];
  const data: unknown[] = [];
  return {
    states,
    data,
    onState: (state: LiveState) => states.push(state),
    onData: (one: unknown) => data.push(one),
  };
}

describe('a subscription', () => {
  it('is one connection for all who listen, and closed with the last of them', async () => {
    const { live, lines } = world();
    const [one, two] = [listener(), listener()];
    const stops = [live(operation, one), live(operation, two)];
    await settle();
    lines[0]?.send('event: next\ndata: {"data":{"n":1}}\n\n');
    await settle();
    expect([one.data, two.data, lines.length]).toEqual([[{ n: 1 }], [{ n: 1 }], 1]);
    stops[0]?.();
    expect(lines[0]?.request.signal.aborted).toBe(false);
    stops[1]?.();
    expect(lines[0]?.request.signal.aborted).toBe(true);
  });

  it('is opened again after a pause when the connection is lost', async () => {
    const { live, lines, pass } = world();
    const told = listener();
    live(operation, told);
    await settle();
    lines[0]?.close();
    await settle();
    expect(lines).toHaveLength(1);
    pass(1000);
    await settle();
    expect(lines).toHaveLength(2);
    expect(told.states).toEqual(['paused', 'connecting', 'open', 'waiting', 'open']);
  });

  it('waits longer after each failure, up to half a minute, and not all listeners at the same time', () => {
    expect([1, 2, 3, 4, 5, 6, 60].map((attempt) => pauseBefore(attempt, 0) / 1000)).toEqual([
      1, 2, 4, 8, 16, 30, 30,
    ]);
    expect(pauseBefore(6, 1)).toBe(15_000);
  });

  it('is opened again when nothing at all has come for a long time', async () => {
    const { live, lines, pass } = world();
    const told = listener();
    live(operation, told);
    await settle();
    pass(40_000);
    await settle();
    expect(lines[0]?.request.signal.aborted).toBe(true);
    expect(told.states.at(-1)).toBe('waiting');
  });

  it('holds no connection while nobody looks at the page', async () => {
    const { live, lines, look } = world();
    const told = listener();
    live(operation, told);
    await settle();
    look(false);
    expect(lines[0]?.request.signal.aborted).toBe(true);
    await settle();
    look(true);
    await settle();
    expect(told.states).toEqual(['paused', 'connecting', 'open', 'paused', 'connecting', 'open']);
  });

  it('is given up when the service refuses it, and tried again when the service is only away', async () => {
    const { live, answerWith } = world();
    const refuse = (code: string, status: number) => () =>
      Response.json({ errors: [{ message: 'no', extensions: { code } }] }, { status });
    answerWith(refuse('SITE_NOT_FOUND', 404));
    const refused = listener();
    live(operation, refused);
    await settle();
    expect(refused.states.at(-1)).toBe('refused');
    answerWith(refuse('UNAVAILABLE', 503));
    const away = listener();
    live({ ...operation, variables: { other: true } }, away);
    await settle();
    expect(away.states.at(-1)).toBe('waiting');
  });
});
