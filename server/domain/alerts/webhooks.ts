import type { Grant, Reader } from '../access.ts';
import type { Administrators } from '../administrators.ts';
import type { AuditAction, AuditNote, Changes } from '../audit.ts';
import { changesBetween } from '../audit.ts';
import { DAY_MS } from '../day.ts';
import { DomainError } from '../errors.ts';
import { isSet } from '../is-set.ts';
import { checkListSize } from '../list-size.ts';
import type { Clock, RandomBytes, Storage } from '../ports.ts';
import type { AdministeredSite } from '../site.ts';
import { messageOf } from './message.ts';
import { newWebhookSecret } from './signature.ts';
import { ALERT_KINDS, type AlertKind, type Delivery, MAX_WEBHOOKS, type Webhook } from './webhook.ts';

const MAX_URL = 2_000;
/** How long the secret before signs too, after another was made. */
const OVERLAP_MS = DAY_MS;
/** Most deliveries that are read at once. */
export const MAX_DELIVERIES = 100;

/** What a webhook is to be. What is left out is as it was; a new one needs a URL, and is for everything. */
export interface WebhookInput {
  readonly url?: string | null | undefined;
  readonly events?: readonly AlertKind[] | null | undefined;
  /** False sends events again, also after it was stopped for failing. */
  readonly paused?: boolean | null | undefined;
}

/** A webhook with what is shown once. */
export interface WebhookWithSecret {
  readonly webhook: Webhook;
  readonly secret: string;
}

/**
 * Webhooks of a site, for those who administer it. All methods throw DomainError `INVALID_TOKEN`, `FORBIDDEN`,
 * `SITE_NOT_FOUND`, and those with an id `WEBHOOK_NOT_FOUND`; then nothing was changed.
 */
export interface Webhooks {
  list(site: string, reader: Reader): Promise<readonly Webhook[]>;
  /** @throws DomainError `INVALID_ARGUMENT`, which names the field, or `CONFLICT` where there are too many */
  create(site: string, input: WebhookInput, reader: Reader): Promise<WebhookWithSecret>;
  /** @throws DomainError `INVALID_ARGUMENT`, which names the field */
  change(site: string, id: number, input: WebhookInput, reader: Reader): Promise<Webhook>;
  /** Makes another secret; the one before signs too for a day. */
  rotate(site: string, id: number, reader: Reader): Promise<WebhookWithSecret>;
  remove(site: string, id: number, reader: Reader): Promise<Webhook>;
  /** Puts a test event into the outbox. @throws DomainError `CONFLICT` where the webhook is stopped */
  test(site: string, id: number, reader: Reader): Promise<Delivery>;
  /** What was sent and is to be, newest first. @throws DomainError `INVALID_ARGUMENT`, which names `first` */
  deliveries(site: string, id: number, first: number, reader: Reader): Promise<readonly Delivery[]>;
}

export interface WebhooksOptions {
  readonly storage: Pick<Storage, 'webhooks'>;
  readonly administrators: Administrators;
  /** Whether plain http and addresses of this machine and network may be sent to. */
  readonly allowPrivate: boolean;
  readonly clock: Clock;
  readonly randomBytes: RandomBytes;
}

export function createWebhooks(options: WebhooksOptions): Webhooks {
  const { storage, administrators, allowPrivate, clock, randomBytes } = options;
  const { webhooks } = storage;

  function noteOf({ name }: Grant, action: AuditAction, site: AdministeredSite, changes: Changes): AuditNote {
    return { at: clock(), actor: name, action, site: { id: site.id, slug: site.slug }, token: null, changes };
  }

  async function find(slug: string, id: number, reader: Reader) {
    const { grant, site } = await administrators.ofSite(reader, slug);
    const webhook = (await webhooks.list(site.id)).find((one) => one.id === id);
    if (webhook) return { grant, site, webhook };
    throw new DomainError('WEBHOOK_NOT_FOUND', `The site ${slug} has no webhook ${id}.`);
  }

  function readUrl(given: string): string {
    const url = given.length <= MAX_URL && URL.canParse(given) ? new URL(given) : null;
    const schemes = allowPrivate ? ['https:', 'http:'] : ['https:'];
    if (url && schemes.includes(url.protocol) && url.username === '' && url.password === '') return url.href;
    const right = allowPrivate ? 'an http or https URL' : 'an https URL';
    throw invalid(
      `url is ${JSON.stringify(given.slice(0, 100))}; it should be ${right} without a user, such as https://hooks.example/oxicount.`,
    );
  }

  function readEvents(given: readonly AlertKind[]): readonly AlertKind[] {
    const events = ALERT_KINDS.filter((kind) => given.includes(kind));
    if (events.length > 0) return events;
    throw invalid(`events is empty; give at least one of ${ALERT_KINDS.join(', ')}.`);
  }

  function readStopped({ stopped }: Webhook, paused: boolean | null | undefined): Webhook['stopped'] {
    if (!isSet(paused)) return stopped;
    return paused ? (stopped ?? { at: clock(), reason: 'PAUSED' }) : null;
  }

  return {
    async list(slug, reader) {
      return webhooks.list((await administrators.ofSite(reader, slug)).site.id);
    },

    async create(slug, { url: givenUrl, events: givenEvents, paused }, reader) {
      const { grant, site } = await administrators.ofSite(reader, slug);
      if (!isSet(givenUrl)) throw invalid('url is missing: say where events are to be sent.');
      if (paused) throw invalid('paused is true; a webhook is paused once it is there.');
      const url = readUrl(givenUrl);
      const events = readEvents(givenEvents ?? ALERT_KINDS);
      const secret = newWebhookSecret(randomBytes);
      const note = noteOf(grant, 'WEBHOOK_CREATED', site, { url: [null, url], events: [null, events] });
      const made = { siteId: site.id, url, events, secret, createdAt: note.at };
      const webhook = await webhooks.add(made, MAX_WEBHOOKS, note);
      if (webhook) return { webhook, secret };
      throw new DomainError('CONFLICT', `The site ${slug} has ${MAX_WEBHOOKS} webhooks, which is the most.`);
    },

    async change(slug, id, { url, events, paused }, reader) {
      const { grant, site, webhook } = await find(slug, id, reader);
      const before = { url: webhook.url, events: webhook.events, stopped: webhook.stopped };
      const after = {
        url: isSet(url) ? readUrl(url) : webhook.url,
        events: isSet(events) ? readEvents(events) : webhook.events,
        stopped: readStopped(webhook, paused),
      };
      const changes = changesBetween(before, after);
      if (Object.keys(changes).length === 0) return webhook;
      const failingSince = after.stopped === null && webhook.stopped !== null ? null : webhook.failingSince;
      const change = { ...after, failingSince };
      await webhooks.change(id, change, noteOf(grant, 'WEBHOOK_CHANGED', site, changes));
      return { ...webhook, ...change };
    },

    async rotate(slug, id, reader) {
      const { grant, site, webhook } = await find(slug, id, reader);
      const before = await webhooks.secrets(id);
      const secret = newWebhookSecret(randomBytes);
      const old = before && { secret: before.secret, until: clock() + OVERLAP_MS };
      const note = noteOf(grant, 'WEBHOOK_CHANGED', site, { secret: ['one', 'another'] });
      await webhooks.change(id, { secret, old }, note);
      return { webhook, secret };
    },

    async remove(slug, id, reader) {
      const { grant, site, webhook } = await find(slug, id, reader);
      await webhooks.remove(id, noteOf(grant, 'WEBHOOK_REMOVED', site, { url: [webhook.url, null] }));
      return webhook;
    },

    async test(slug, id, reader) {
      const { site, webhook } = await find(slug, id, reader);
      if (webhook.stopped !== null) {
        throw new DomainError('CONFLICT', `The webhook ${id} is stopped; let it go on before it is tried.`);
      }
      const at = clock();
      const message = messageOf({ event: 'test', site, at, data: { message: 'It works.' } }, randomBytes);
      const delivery = await webhooks.send(id, 'test', message, at);
      if (delivery) return delivery;
      throw new DomainError('WEBHOOK_NOT_FOUND', `The webhook ${id} is gone.`);
    },

    async deliveries(slug, id, first, reader) {
      checkListSize('first', first, MAX_DELIVERIES);
      const { webhook } = await find(slug, id, reader);
      return webhooks.deliveries(webhook.id, first);
    },
  };
}

function invalid(message: string): DomainError {
  return new DomainError('INVALID_ARGUMENT', message);
}
