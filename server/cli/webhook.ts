import { type Command, InvalidArgumentError } from 'commander';
import { operator } from '../domain/access.ts';
import { ALERT_KINDS, type AlertKind, type Webhook } from '../domain/alerts/webhook.ts';
import { listOf } from './argument.ts';
import { examples } from './examples.ts';
import { formatInstant } from './format-instant.ts';
import { isoOf, printJson } from './json.ts';
import { knownSite } from './known-site.ts';
import { type Instance, onInstance } from './on-instance.ts';
import { table } from './table.ts';

const SITE = ['--site <slug>', 'the site'] as const;

interface SiteOption {
  readonly site: string;
}

/** `oxicount webhook`: where sites tell what happens on them. */
export function addWebhook(program: Command): void {
  const webhook = program
    .command('webhook')
    .description('Make, try and remove webhooks, also while the service runs, which sends to them.');

  webhook
    .command('list')
    .description('Show the webhooks of a site.')
    .requiredOption(...SITE)
    .option('--json', 'as JSON')
    .addHelpText('after', examples('oxicount webhook list --site docs'))
    .action((options: SiteOption & { json?: boolean }) => onInstance((instance) => list(instance, options)));

  webhook
    .command('add')
    .description('Make a webhook. Its secret alone goes to standard output, once.')
    .argument('<url>', 'where events are sent')
    .requiredOption(...SITE)
    .option(
      '--event <event...>',
      `what it is told of (default: everything): ${ALERT_KINDS.map(wordOfKind).join(', ')}`,
      listOf((given) => readKind(given), ALERT_KINDS.length),
    )
    .addHelpText(
      'after',
      examples('oxicount webhook add https://hooks.example/oxicount --site docs --event digest-weekly'),
    )
    .action((url: string, options: SiteOption & { event?: readonly AlertKind[] }) =>
      onInstance((instance) => add(instance, url, options)),
    );

  webhook
    .command('test')
    .description('Have the running service send a test event to a webhook.')
    .argument('<id>', 'its number, as webhook list shows it', readId)
    .requiredOption(...SITE)
    .addHelpText('after', examples('oxicount webhook test 1 --site docs'))
    .action((id: number, { site }: SiteOption) =>
      onInstance(async ({ webhooks }) => {
        const { messageId } = await webhooks.test(site, id, operator);
        process.stdout.write(`The running service sends ${messageId} within seconds.\n`);
      }),
    );

  webhook
    .command('remove')
    .description('Remove a webhook, with all that is on its way to it.')
    .argument('<id>', 'its number, as webhook list shows it', readId)
    .requiredOption(...SITE)
    .addHelpText('after', examples('oxicount webhook remove 1 --site docs'))
    .action((id: number, { site }: SiteOption) =>
      onInstance(async ({ webhooks }) => {
        const { url } = await webhooks.remove(site, id, operator);
        process.stdout.write(`The webhook ${id} to ${url} is removed.\n`);
      }),
    );

  webhook
    .command('deliveries')
    .description('Show what was sent to a webhook lately, and is to be, newest first.')
    .argument('<id>', 'its number, as webhook list shows it', readId)
    .requiredOption(...SITE)
    .option('--json', 'as JSON, with what is sent')
    .addHelpText('after', examples('oxicount webhook deliveries 1 --site docs'))
    .action((id: number, options: SiteOption & { json?: boolean }) =>
      onInstance((instance) => deliveries(instance, id, options)),
    );
}

async function list(instance: Instance, { site, json = false }: SiteOption & { json?: boolean }) {
  await knownSite(instance, site);
  const webhooks = await instance.webhooks.list(site, operator);
  if (json) return printJson(webhooks.map(jsonOf));
  if (webhooks.length === 0) {
    process.stdout.write(
      `The site ${site} has no webhook. oxicount webhook add --help says how one is made.\n`,
    );
    return;
  }
  const rows = webhooks.map(({ id, url, events, stopped, lastSuccessAt, lastError }) => [
    String(id),
    url,
    events.map(wordOfKind).join(' '),
    stopped?.reason.toLowerCase() ?? 'active',
    lastSuccessAt === null ? 'never' : formatInstant(lastSuccessAt),
    lastError ?? '',
  ]);
  process.stdout.write(table(['id', 'url', 'events', 'state', 'last arrived', 'last problem'], rows));
}

async function add(
  instance: Instance,
  url: string,
  { site, event: events }: SiteOption & { event?: readonly AlertKind[] },
): Promise<void> {
  await knownSite(instance, site);
  const { webhook, secret } = await instance.webhooks.create(site, { url, events }, operator);
  process.stderr.write(
    `Made the webhook ${webhook.id} of the site ${site}. What verifies its events is shown this once: keep it.\n\n`,
  );
  process.stdout.write(`${secret}\n`);
}

async function deliveries(
  instance: Instance,
  id: number,
  { site, json = false }: SiteOption & { json?: boolean },
): Promise<void> {
  const sent = await instance.webhooks.deliveries(site, id, 50, operator);
  if (json) {
    printJson(
      sent.map(({ messageId, event, body, createdAt, attempts, lastError, deliveredAt, dueAt }) => ({
        id: messageId,
        event,
        createdAt: isoOf(createdAt),
        attempts,
        lastError,
        deliveredAt: isoOf(deliveredAt),
        nextAttemptAt: isoOf(dueAt),
        body: JSON.parse(body),
      })),
    );
    return;
  }
  const rows = sent.map(({ messageId, event, createdAt, attempts, lastError, deliveredAt, dueAt }) => [
    messageId,
    event,
    formatInstant(createdAt),
    String(attempts),
    deliveredAt !== null ? 'arrived' : dueAt !== null ? 'under way' : 'given up',
    lastError ?? '',
  ]);
  process.stdout.write(table(['id', 'event', 'came up', 'attempts', 'state', 'last problem'], rows));
}

function jsonOf({ id, url, events, createdAt, stopped, lastSuccessAt, lastFailureAt, lastError }: Webhook) {
  return {
    id,
    url,
    events,
    createdAt: isoOf(createdAt),
    stoppedAt: isoOf(stopped?.at ?? null),
    stopReason: stopped?.reason ?? null,
    lastSuccessAt: isoOf(lastSuccessAt),
    lastFailureAt: isoOf(lastFailureAt),
    lastError,
  };
}

/** `digest.daily` is digest-daily. */
function wordOfKind(kind: AlertKind): string {
  return kind.replace(/[._]/g, '-');
}

function readKind(given: string): AlertKind {
  const kind = ALERT_KINDS.find((candidate) => wordOfKind(candidate) === given);
  if (kind !== undefined) return kind;
  throw new InvalidArgumentError(`It should be one of ${ALERT_KINDS.map(wordOfKind).join(', ')}.`);
}

function readId(given: string): number {
  if (/^\d{1,9}$/.test(given)) return Number(given);
  throw new InvalidArgumentError('It should be a number, as webhook list shows it.');
}
