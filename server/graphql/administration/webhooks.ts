import {
  ALERT_KINDS,
  type Delivery,
  stopReasons,
  type Webhook,
  webhookEvents,
} from '../../domain/alerts/webhook.ts';
import { MAX_DELIVERIES, type WebhookWithSecret } from '../../domain/alerts/webhooks.ts';
import { builder } from '../builder.ts';
import { enumValues } from '../enum-values.ts';

const DEFAULT_SIZE = 20;
const SITE = 'The id of the site.';
const WEBHOOK = 'The id of the webhook.';
const PRIVATELY = 'For whoever administers the site.';

/** `digest.daily` is DIGEST_DAILY. */
function eventValues<Kind extends keyof typeof webhookEvents>(kinds: readonly Kind[]) {
  return Object.fromEntries(
    kinds.map((value) => [
      value.replace('.', '_').toUpperCase(),
      { value, description: webhookEvents[value] as string },
    ]),
  );
}

const AlertKindEnum = builder.enumType('WebhookEvent', {
  description: 'What a webhook can be made for.',
  values: eventValues(ALERT_KINDS),
});
const StopReasonEnum = builder.enumType('WebhookStopReason', {
  description: 'Why nothing is sent to a webhook.',
  values: enumValues(stopReasons),
});

const WebhookObject = builder.objectRef<Webhook>('Webhook').implement({
  description: 'Where a site tells what happens on it.',
  fields: (t) => ({
    id: t.id({ description: 'Its number.', resolve: ({ id }) => String(id) }),
    url: t.exposeString('url', { description: 'Where events are sent.' }),
    events: t.field({
      type: [AlertKindEnum],
      description: 'What it is told of.',
      resolve: ({ events }) => [...events],
    }),
    createdAt: t.field({
      type: 'DateTime',
      description: 'When it was made.',
      resolve: ({ createdAt }) => new Date(createdAt),
    }),
    stoppedAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'Since when nothing is sent; null where events are.',
      resolve: ({ stopped }) => dateOf(stopped?.at ?? null),
    }),
    stopReason: t.field({
      type: StopReasonEnum,
      nullable: true,
      description: 'Why nothing is sent; null where events are.',
      resolve: ({ stopped }) => stopped?.reason ?? null,
    }),
    lastSuccessAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When an event last arrived; null where none did.',
      resolve: ({ lastSuccessAt }) => dateOf(lastSuccessAt),
    }),
    lastFailureAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When an attempt last failed; null where none did.',
      resolve: ({ lastFailureAt }) => dateOf(lastFailureAt),
    }),
    lastError: t.exposeString('lastError', {
      nullable: true,
      description: 'What was wrong then, in a few words; null where nothing was.',
    }),
  }),
});

const WebhookWithSecretObject = builder.objectRef<WebhookWithSecret>('WebhookWithSecret').implement({
  description: 'A webhook with a secret that was made just now.',
  fields: (t) => ({
    webhook: t.expose('webhook', { type: WebhookObject, description: 'The webhook.' }),
    secret: t.exposeString('secret', {
      description:
        'Verifies what is sent, as Standard Webhooks says: whsec_ and base64. It is never shown again.',
    }),
  }),
});

const DeliveryObject = builder.objectRef<Delivery>('WebhookDelivery').implement({
  description: 'An event on its way to a webhook.',
  fields: (t) => ({
    id: t.exposeID('messageId', { description: 'The webhook-id, which is the same in every attempt.' }),
    event: t.exposeString('event', { description: 'What it tells, such as digest.daily or test.' }),
    body: t.exposeString('body', { description: 'The JSON that is sent.' }),
    createdAt: t.field({
      type: 'DateTime',
      description: 'When it came up.',
      resolve: ({ createdAt }) => new Date(createdAt),
    }),
    attempts: t.expose('attempts', { type: 'NonNegativeInt', description: 'How often it was tried.' }),
    lastError: t.exposeString('lastError', {
      nullable: true,
      description: 'What was wrong last, in a few words; null where nothing was.',
    }),
    deliveredAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When it arrived; null where it did not.',
      resolve: ({ deliveredAt }) => dateOf(deliveredAt),
    }),
    nextAttemptAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When it is tried next; null where it arrived or was given up.',
      resolve: ({ dueAt }) => dateOf(dueAt),
    }),
  }),
});

const WebhookInput = builder.inputType('WebhookInput', {
  description: 'What a webhook is to be. What is left out is as it was.',
  fields: (t) => ({
    url: t.string({ description: 'Where events are sent: an https URL. A new webhook needs one.' }),
    events: t.field({
      type: [AlertKindEnum],
      description: 'What it is told of. Default of a new one: everything.',
    }),
    paused: t.boolean({ description: 'True sends nothing more; false goes on, whatever stopped it.' }),
  }),
});

builder.queryFields((t) => ({
  webhooks: t.field({
    type: [WebhookObject],
    description: `Webhooks of a site, in the order they were made. ${PRIVATELY}`,
    args: { site: t.arg.id({ required: true, description: SITE }) },
    resolve: async (_root, { site }, { domain, caller }) => [...(await domain.webhooks.list(site, caller))],
  }),
  webhookDeliveries: t.field({
    type: [DeliveryObject],
    description: `What was sent to a webhook lately and is to be, newest first. ${PRIVATELY}`,
    args: {
      site: t.arg.id({ required: true, description: SITE }),
      id: t.arg.id({ required: true, description: WEBHOOK }),
      first: t.arg.int({
        description: `How many at most: 1 to ${MAX_DELIVERIES}, ${DEFAULT_SIZE} where nothing is said.`,
      }),
    },
    resolve: async (_root, { site, id, first }, { domain, caller }) => [
      ...(await domain.webhooks.deliveries(site, numberOf(id), first ?? DEFAULT_SIZE, caller)),
    ],
  }),
}));

builder.mutationFields((t) => ({
  createWebhook: t.field({
    type: WebhookWithSecretObject,
    description: `Makes a webhook. ${PRIVATELY}`,
    args: {
      site: t.arg.id({ required: true, description: SITE }),
      input: t.arg({ type: WebhookInput, required: true, description: 'What it is to be.' }),
    },
    resolve: (_root, { site, input }, { domain, caller }) => domain.webhooks.create(site, input, caller),
  }),
  updateWebhook: t.field({
    type: WebhookObject,
    description: `Changes what is given of a webhook. ${PRIVATELY}`,
    args: {
      site: t.arg.id({ required: true, description: SITE }),
      id: t.arg.id({ required: true, description: WEBHOOK }),
      input: t.arg({ type: WebhookInput, required: true, description: 'What it is to be.' }),
    },
    resolve: (_root, { site, id, input }, { domain, caller }) =>
      domain.webhooks.change(site, numberOf(id), input, caller),
  }),
  rotateWebhookSecret: t.field({
    type: WebhookWithSecretObject,
    description: `Makes another secret; for a day the one before signs too. ${PRIVATELY}`,
    args: {
      site: t.arg.id({ required: true, description: SITE }),
      id: t.arg.id({ required: true, description: WEBHOOK }),
    },
    resolve: (_root, { site, id }, { domain, caller }) => domain.webhooks.rotate(site, numberOf(id), caller),
  }),
  deleteWebhook: t.field({
    type: WebhookObject,
    description: `Removes a webhook, with all that is on its way to it. ${PRIVATELY}`,
    args: {
      site: t.arg.id({ required: true, description: SITE }),
      id: t.arg.id({ required: true, description: WEBHOOK }),
    },
    resolve: (_root, { site, id }, { domain, caller }) => domain.webhooks.remove(site, numberOf(id), caller),
  }),
  testWebhook: t.field({
    type: DeliveryObject,
    description: `Sends a test event within seconds; webhookDeliveries says how it went. ${PRIVATELY}`,
    args: {
      site: t.arg.id({ required: true, description: SITE }),
      id: t.arg.id({ required: true, description: WEBHOOK }),
    },
    resolve: (_root, { site, id }, { domain, caller }) => domain.webhooks.test(site, numberOf(id), caller),
  }),
}));

/** The number of a webhook; one that is none is that of no webhook. */
function numberOf(id: string): number {
  return /^\d{1,9}$/.test(id) ? Number(id) : 0;
}

function dateOf(at: number | null): Date | null {
  return at === null ? null : new Date(at);
}
