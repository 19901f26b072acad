import { randomBytes } from 'node:crypto';
import type { EventBus } from '../domain/ports.ts';
import type { Log } from '../log.ts';
import type { RedisConnections } from '../redis/connections.ts';
import { createGathered } from './batch.ts';
import type { LocalBus } from './in-process.ts';
import { type BusObserver, NO_OBSERVER } from './observer.ts';
import { createPeers } from './peers.ts';
import { type Batch, decode, encode, type Message } from './wire.ts';

/** How often a process says that it is there, and so finds out whether it is heard. */
const BEAT_MS = 2_000;
/** Beats without hearing itself after which its connections are of no use. */
const DEAF_BEATS = 3;
/** Things that wait for Redis at most; with more of them all are given up, and the others read what stands. */
const WAITING = 5_000;
/** How long a start waits for Redis, and an end for what is still to be told. */
const PATIENCE_MS = 1_000;

const AWAY = 'Redis is away: live events reach this process only, and limits let everything through';
const BACK = 'Redis is back: live events reach all replicas';
const NOTHING: Batch = { commit: { counted: [], pages: [], voted: [], sites: [] }, changes: [] };

/** A bus between processes. */
export interface RedisBus extends EventBus {
  /**
   * Joins the replicas of an instance; until then nobody but this process is told. Resolves when that is done, or after
   * a moment where Redis is away: it is joined later then.
   */
  join(instance: string): Promise<void>;
  /** Tells what is still to be told, and that there is nothing more to come. */
  leave(): Promise<void>;
}

export interface RedisBusOptions {
  readonly connections: RedisConnections;
  /** The number of its database, which keeps copies of an instance apart that share a Redis. */
  readonly database: number;
  /** Whoever listens in this process. */
  readonly local: LocalBus;
  readonly log: Pick<Log, 'info' | 'warn'>;
  readonly observer?: BusObserver;
}

/**
 * The bus of an instance of several processes, over one channel of Redis. Own commits go to this process at once and to
 * the others in batches: what is committed while one is on its way goes into the next, and no commit waits. What
 * cannot be told is not kept. The others see by the numbers of batches that they missed some, and read what stands.
 */
export function createRedisBus(options: RedisBusOptions): RedisBus {
  const { connections, database, local, log, observer = NO_OBSERVER } = options;
  const { commands, subscriber } = connections;
  const self = randomBytes(6).toString('base64url');
  const peers = createPeers();
  const gathered = createGathered();
  // When the oldest of what is gathered was committed.
  let gatheredSince: number | null = null;
  let channel: string | null = null;
  // Batches until now, those that were given up included.
  let number = 0;
  // Whether some of them were, since the others were told so.
  let lost = false;
  let sending: Promise<void> | undefined;
  let state: 'joining' | 'joined' | 'away' | 'left' = 'joining';
  let joined = () => {};
  let deafBeats = 0;
  let beats: NodeJS.Timeout | undefined;
  const skipped = new Set<string>();

  subscriber.on('ready', () => {
    if (channel !== null) subscriber.subscribe(channel).then(beat, () => subscriber.disconnect(true));
  });
  subscriber.on('message', (_channel: string, text: string) => receive(text));
  commands.on('ready', beat);
  for (const connection of [subscriber, commands]) connection.on('close', goneAway);

  function goneAway(): void {
    if (state !== 'joining' && state !== 'joined') return;
    state = 'away';
    log.warn({ err: connections.failure() }, AWAY);
  }

  /** Whoever hears itself is heard by all. */
  function heardSelf(): void {
    deafBeats = 0;
    // It may have said so before it lost the connection to say it over.
    if (state === 'joined' || state === 'left' || commands.status !== 'ready') return;
    const wasAway = state === 'away';
    state = 'joined';
    joined();
    if (wasAway) {
      log.info({}, BACK);
      missed();
    } else local.miss();
  }

  function beat(): void {
    void send(NOTHING);
  }

  function atBeat(): void {
    deafBeats += 1;
    if (deafBeats > DEAF_BEATS) {
      goneAway();
      deafBeats = 0;
      for (const connection of [subscriber, commands]) {
        if (connection.status === 'ready') connection.disconnect(true);
      }
    }
    if (state === 'joined' && peers.beat()) missed();
    beat();
  }

  function receive(text: string): void {
    const message = decode(text);
    if ('unreadable' in message) skip(message.unreadable);
    else if (message.from === self) heardSelf();
    else take(message);
  }

  function take(message: Message): void {
    const { from, commit, changes } = message;
    const gap = peers.heard(from, message.number, isEmpty(message) ? 0 : 1);
    if (gap || message.lost) missed();
    if (!isEmpty(message)) observer.received(message.at === null ? null : Date.now() - message.at);
    if (message.bye) peers.left(from);
    for (const change of changes) local.announce(change);
    if (commit.counted.length + commit.pages.length + commit.voted.length + commit.sites.length > 0) {
      local.publish(commit);
    }
  }

  function missed(): void {
    observer.missed();
    local.miss();
  }

  function skip(what: string): void {
    if (skipped.has(what) || skipped.size > 10) return;
    skipped.add(what);
    log.warn({ what }, 'another replica tells what this one does not understand; it is skipped');
  }

  function gather(): void {
    if (state === 'joined' && gathered.size() <= WAITING) {
      gatheredSince ??= Date.now();
      sending ??= sendGathered();
      return;
    }
    gathered.take();
    gatheredSince = null;
    // Before it joins there is nobody to tell.
    if (channel === null) return;
    number += 1;
    lost = true;
    observer.lost();
  }

  async function sendGathered(): Promise<void> {
    // Commits of one turn of the event loop go together.
    await Promise.resolve();
    while (!gathered.isEmpty()) {
      number += 1;
      const at = gatheredSince;
      gatheredSince = null;
      await send(gathered.take(), { at });
    }
    sending = undefined;
  }

  async function send(
    batch: Batch,
    { at = null, bye = false }: { at?: number | null; bye?: boolean } = {},
  ): Promise<void> {
    if (channel === null) return;
    const message = encode({ from: self, number, lost, bye, at, ...batch });
    const owed = lost || !isEmpty(batch);
    lost = false;
    try {
      await commands.publish(channel, message);
      if (!isEmpty(batch)) observer.sent();
    } catch {
      if (!isEmpty(batch)) observer.lost();
      // Why is said by the connection.
      lost ||= owed;
    }
  }

  return {
    publish(commit) {
      local.publish(commit);
      gathered.add(commit);
      gather();
    },
    subscribe: local.subscribe,
    announce(change) {
      local.announce(change);
      gathered.change(change);
      gather();
    },
    onChange: local.onChange,
    reach: () => (state === 'joined' ? 'all replicas' : 'this process only'),
    async join(instance) {
      channel = `oxicount:${database}:${instance}`;
      const done = new Promise<void>((resolve) => {
        joined = resolve;
      });
      beats = setInterval(atBeat, BEAT_MS).unref();
      connections.open();
      await withPatience(done);
    },
    async leave() {
      clearInterval(beats);
      await withPatience((sending ?? Promise.resolve()).then(() => send(NOTHING, { bye: true })));
      state = 'left';
    },
  };
}

function isEmpty({ commit, changes }: Batch): boolean {
  return Object.values({ ...commit, changes }).every((list) => list.length === 0);
}

async function withPatience(done: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, PATIENCE_MS);
  });
  await Promise.race([done, over]);
  clearTimeout(timer);
}
