import type { Instant } from '../instant.ts';
import type { RandomBytes } from '../ports.ts';
import type { Site } from '../site.ts';
import type { Message } from './storage.ts';
import type { EventKind } from './webhook.ts';

/** Of what every event has; rises where one that is there already changes. */
const EVENT_VERSION = 1;

const ID_BYTES = 12;

/** An event as it is sent. */
export function messageOf(
  event: {
    readonly event: EventKind;
    readonly site: Pick<Site, 'slug' | 'name' | 'timeZone'>;
    readonly at: Instant;
    readonly data: object;
  },
  randomBytes: RandomBytes,
): Message {
  const { slug, name, timeZone } = event.site;
  return {
    id: `msg_${Buffer.from(randomBytes(ID_BYTES)).toString('hex')}`,
    body: JSON.stringify({
      type: event.event,
      version: EVENT_VERSION,
      timestamp: new Date(event.at).toISOString(),
      site: { id: slug, name, timeZone },
      data: event.data,
    }),
  };
}
