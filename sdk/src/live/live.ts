import type { Client } from 'graphql-ws/client';
import { type Answer, dataOf, type GraphQLFailure } from '../answer.ts';
import type { ClientOptions } from '../client-options.ts';
import { visitCounted } from '../generated/operations.ts';
import type { Visit } from '../generated/types.ts';
import { OxicountError } from '../oxicount-error.ts';
import { forSite, pass, type Request, type Variables } from '../request.ts';
import type { TypedString } from '../typed-string.ts';
import { MissedVisits } from './missed-visits.ts';
import { createQueue, type Queue } from './queue.ts';
import { createSocket, pauseBefore } from './socket.ts';

/** Gives what is read from the data of each event until the signal aborts, over as many connections as it takes. */
export type Live = <Data, Of, Event = Data>(
  document: TypedString<Data, Of>,
  variables: Of | undefined,
  signal: AbortSignal,
  /** Absent: all of it. */
  read?: (data: Data) => Event,
) => AsyncGenerator<Event, void, undefined>;

/** Milliseconds after which missed visits are looked for again: some may have been on their way at the first look. */
const SECOND_LOOK = 1_000;

/**
 * Subscriptions over one WebSocket, which is there while anything is subscribed to. What they need to ask besides goes
 * through `request`.
 *
 * @param watch is told when the socket is connected, and when it is not any more. Absent: nobody looks.
 */
export function createLive(
  options: ClientOptions,
  request: Request,
  watch?: (connected: boolean) => void,
): Live {
  const opening = createSocket(options);
  if (watch) {
    void opening.then(({ on }) => {
      on('connected', () => watch(true));
      on('closed', () => watch(false));
    });
  }

  return async function* live<Data, Of, Event>(
    document: TypedString<Data, Of>,
    given: Of | undefined,
    signal: AbortSignal,
    read = (data: Data) => data as unknown as Event,
  ) {
    const variables = forSite(options.site, document, given);
    const missed = (document as string) === visitCounted ? new MissedVisits(request, variables) : undefined;
    await missed?.begin(signal);
    const socket = await opening;
    for (let attempt = 0; !signal.aborted; attempt++) {
      const queue = createQueue<Data>(signal);
      const look = missed && (() => lookForMissed(missed, queue as Queue<unknown>, signal));
      const stop = subscribe(socket, { query: document, variables }, queue, (data) => {
        const visit = missed && (data as { visitCounted: Visit | null }).visitCounted;
        // What a gap has lost is looked for, so that nobody else has to.
        if (visit === null) void look?.();
        return visit === undefined || (visit !== null && missed?.admit(visit) === true);
      });
      // What was counted between two subscriptions: the connection may outlive one that the instance ended.
      void look?.();
      const unlisten = look && socket.on('connected', look);
      try {
        for await (const data of queue) {
          attempt = 0;
          yield read(data);
        }
        // Subscriptions have no end of their own: an instance that says so is about to stop.
      } catch (error) {
        if (!(error instanceof OxicountError && error.code === 'UNAVAILABLE')) throw error;
      } finally {
        stop();
        unlisten?.();
      }
      await pass(pauseBefore(attempt), signal);
    }
  };
}

function subscribe<Data>(
  socket: Client,
  request: { readonly query: string; readonly variables: Variables },
  queue: Queue<Data>,
  isNews: (data: Data) => boolean,
): () => void {
  return socket.subscribe(request, {
    next(answer) {
      try {
        const data = dataOf(answer as Answer) as Data;
        if (isNews(data)) queue.push(data);
      } catch (error) {
        queue.fail(error);
      }
    },
    error: (cause) => queue.fail(refusalIn(cause)),
    complete: () => queue.end(),
  });
}

/** GraphQL errors, or the closing of a connection that is of no use to repeat. */
function refusalIn(cause: unknown): unknown {
  try {
    dataOf({ errors: cause as readonly GraphQLFailure[] });
  } catch (error) {
    if (error instanceof OxicountError) return error;
  }
  const { code, reason = '' } = cause as { code?: number; reason?: string };
  return new OxicountError('NETWORK', `The connection was refused: ${code ?? cause} ${reason}`.trim(), {
    cause,
  });
}

/** Looks for what was counted and not told, and once again. */
async function lookForMissed(
  missed: MissedVisits,
  queue: Queue<unknown>,
  signal: AbortSignal,
): Promise<void> {
  const look = async () => {
    // One that fails is made up for by the next.
    for (const visit of await missed.find(signal).catch(() => [])) queue.push({ visitCounted: visit });
  };
  await look();
  await pass(SECOND_LOOK, signal);
  if (!signal.aborted) await look();
}
