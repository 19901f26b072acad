import type { OxicountError } from '@oxicount/sdk/slim';
import { describe, expect, it } from 'vitest';
import { createFollow, type Subscription } from './following.ts';

const COUNT: Subscription = { document: 'subscription{count}', variables: { path: '/a' } };
const VISITS: Subscription = { document: 'subscription{visitCounted{id}}', variables: {} };

/** A page and a connection in the hands of the test. */
function world() {
  const running: Running[] = [];
  let connections = 0;
  let watch = (_standing: boolean) => {};
  let look: ((visible: boolean) => void) | undefined;
  let visible = true;
  const follow = createFollow({
    connect(watching) {
      connections++;
      watch = watching;
      return (document, _variables, signal) => {
        const subscription = new Running(document);
        running.push(subscription);
        signal.addEventListener('abort', () => running.splice(running.indexOf(subscription), 1));
        return subscription.events();
      };
    },
    watchVisible(changed) {
      look = changed;
      look(visible);
      return () => {
        look = undefined;
      };
    },
  });
  return {
    running,
    connections: () => connections,
    isWatched: () => look !== undefined,
    stand: (standing: boolean) => watch(standing),
    show(now: boolean) {
      visible = now;
      look?.(now);
    },
    /** Follows, and notes what is heard. */
    listen(subscription = COUNT) {
      const heard: unknown[] = [];
      const stop = follow(subscription, {
        onData: (data) => heard.push(data),
        onState: (state, refusal) => heard.push(refusal ? `${state}: ${refusal.code}` : state),
      });
      return { heard, stop };
    },
  };
}

class Running {
  readonly document: string;
  #next: (event: { data: unknown } | { refusal: unknown }) => void = () => {};

  constructor(document: string) {
    this.document = document;
  }

  async *events(): AsyncGenerator<unknown> {
    while (true) {
      const event = await new Promise<{ data: unknown } | { refusal: unknown }>((resolve) => {
        this.#next = resolve;
      });
      if ('refusal' in event) throw event.refusal;
      yield event.data;
    }
  }

  async push(data: unknown): Promise<void> {
    this.#next({ data });
    await settled();
  }

  async refuse(code: string): Promise<void> {
    this.#next({ refusal: { code } as OxicountError });
    await settled();
  }
}

/** Lets promises that are under way come to their end. */
const settled = () => new Promise((resolve) => setTimeout(resolve));

describe('followers of subscriptions', () => {
  it('share one subscription where they want the same, and one connection whatever they want', async () => {
    const { running, connections, listen } = world();
    const first = listen();
    const second = listen();
    listen(VISITS);
    expect(running.map(({ document }) => document)).toEqual([COUNT.document, VISITS.document]);
    expect(connections()).toBe(1);
    await running[0]?.push({ count: 7 });
    expect([first.heard, second.heard]).toEqual([
      ['connecting', { count: 7 }],
      ['connecting', { count: 7 }],
    ]);
  });

  it('are told how the connection stands, those who come later too', () => {
    const { listen, stand } = world();
    const early = listen();
    stand(true);
    stand(false);
    stand(true);
    expect(early.heard).toEqual(['connecting', 'open', 'waiting', 'open']);
    expect(listen(VISITS).heard).toEqual(['open']);
  });

  it('end their subscription with the last of them', () => {
    const { running, listen, isWatched } = world();
    const first = listen();
    const second = listen();
    first.stop();
    expect(running).toHaveLength(1);
    second.stop();
    expect(running).toHaveLength(0);
    expect(isWatched()).toBe(false);
  });

  it('do not take the end of the last subscription for a lost connection', () => {
    const { listen, stand } = world();
    const { heard, stop } = listen();
    stand(true);
    stop();
    stand(false);
    expect(heard).toEqual(['connecting', 'open']);
    expect(listen().heard).toEqual(['connecting']);
  });

  it('hold nothing while the page is hidden, and begin again when it is seen', () => {
    const { running, listen, stand, show } = world();
    const { heard } = listen();
    stand(true);
    show(false);
    stand(false);
    expect(running).toHaveLength(0);
    listen(VISITS);
    expect(running).toHaveLength(0);
    show(true);
    stand(true);
    expect(running.map(({ document }) => document)).toEqual([COUNT.document, VISITS.document]);
    expect(heard).toEqual(['connecting', 'open', 'paused', 'connecting', 'open']);
  });

  it('of a page that opens in the background wait until it is seen', () => {
    const { running, listen, show } = world();
    show(false);
    const { heard } = listen();
    expect([running, heard]).toEqual([[], ['connecting', 'paused']]);
    show(true);
    expect(running).toHaveLength(1);
  });

  it('are told what is refused, which the others do not mind', async () => {
    const { running, listen, stand } = world();
    const refused = listen();
    const other = listen(VISITS);
    stand(true);
    await running[0]?.refuse('INVALID_PATH');
    expect(refused.heard).toEqual(['connecting', 'open', 'refused: INVALID_PATH']);
    await running[0]?.push({ visitCounted: { id: '1' } });
    expect(other.heard).toEqual(['connecting', 'open', { visitCounted: { id: '1' } }]);
  });

  it('who were refused stay so when the connection of the others comes back', async () => {
    const { running, listen, stand } = world();
    const { heard } = listen();
    listen(VISITS);
    stand(true);
    await running[0]?.refuse('INVALID_PATH');
    stand(false);
    stand(true);
    expect(heard).toEqual(['connecting', 'open', 'refused: INVALID_PATH']);
    expect(running.map(({ document }) => document)).toEqual([VISITS.document]);
  });

  it('who come after a refusal ask for themselves', async () => {
    const { running, listen } = world();
    listen();
    await running[0]?.refuse('UNAUTHORIZED');
    expect(listen().heard).toEqual(['connecting']);
    expect(running).toHaveLength(1);
  });
});
