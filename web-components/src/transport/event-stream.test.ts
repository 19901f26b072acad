import { describe, expect, it } from 'vitest';
import { readEvents, type StreamEvent } from './event-stream.ts';

async function eventsIn(chunks: readonly (string | Uint8Array)[]): Promise<StreamEvent[]> {
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array<ArrayBuffer>>({
    start(controller) {
      for (const chunk of chunks) {
        controller.enqueue(typeof chunk === 'string' ? encoder.encode(chunk) : new Uint8Array(chunk));
      }
      controller.close();
    },
  });
  const events: StreamEvent[] = [];
  for await (const event of readEvents(body)) events.push(event);
  return events;
}

describe('reading an event stream', () => {
  const text = ':\n\nevent: next\ndata: {"a":"ü"}\n\n:\n\nevent: complete\ndata:\n\n';
  const events = [
    { type: 'next', data: '{"a":"ü"}' },
    { type: 'complete', data: '' },
  ];

  it('finds the events and skips signs of life', async () => {
    expect(await eventsIn([text])).toEqual(events);
    expect(await eventsIn([text.replaceAll('\n', '\r\n')])).toEqual(events);
  });

  it('does not mind where the network cuts, even within a character', async () => {
    const bytes = new TextEncoder().encode(text);
    expect(await eventsIn(Array.from(bytes, (byte) => Uint8Array.of(byte)))).toEqual(events);
  });

  it('joins lines of data and drops an event that was cut off', async () => {
    expect(await eventsIn(['data: one\ndata: two\n\ndata: never fin'])).toEqual([
      { type: 'message', data: 'one\ntwo' },
    ]);
  });

  it('ends the request when the reader has seen enough', async () => {
    let cancelled = false;
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => controller.enqueue(new TextEncoder().encode('data: 1\n\n')),
      cancel: () => {
        cancelled = true;
      },
    });
    for await (const _ of readEvents(body)) break;
    expect(cancelled).toBe(true);
  });
});
