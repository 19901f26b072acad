import type { Command } from 'commander';
import { operator } from '../domain/access.ts';
import { DomainError } from '../domain/errors.ts';
import { SCOPES, type Scope, scopes } from '../domain/scope.ts';
import { sharedLink } from '../domain/shared-link.ts';
import { nameRule } from '../domain/site-rules.ts';
import { parseToken } from '../domain/token-text.ts';
import type { NewToken } from '../domain/tokens.ts';
import { listOf, oneOf, ruled, wordOf } from './argument.ts';
import { baseUrlOf } from './base-url.ts';
import { examples } from './examples.ts';
import { formatInstant } from './format-instant.ts';
import { knownSite } from './known-site.ts';
import { type Instance, onInstance, SEEN_AFTER_SECS } from './on-instance.ts';
import { listTokens, restrictionText } from './token-list.ts';
import { addTokenOptions, type TokenOptions } from './token-options.ts';

interface CreateOptions extends TokenOptions {
  readonly scope: readonly Scope[];
  readonly site?: string;
}

interface ShareOptions extends TokenOptions {
  readonly site: string;
}

/** `oxicount token`: bearer tokens. */
export function addToken(program: Command): void {
  const token = program
    .command('token')
    .description(
      'Make and revoke the tokens that programs and people come with, also while the service runs.',
    );
  const readName = ruled(nameRule);

  addTokenOptions(
    token
      .command('create')
      .description('Make a token. It alone goes to standard output, once: nobody keeps it here.')
      .argument('<name>', 'what lists and the audit log call it', readName)
      .requiredOption(
        '--scope <scope...>',
        `what it is good for: ${SCOPES.map(wordOf).join(', ')}`,
        listOf(oneOf(SCOPES), SCOPES.length),
      )
      .option('--site <slug>', 'the only site that it is good for (default: all)'),
  )
    .addHelpText(
      'after',
      examples(
        'oxicount token create reports --scope read --site docs --expires 30d',
        'oxicount token create renderer --scope send --site docs',
        'oxicount token create me --scope administer-instance',
      ),
    )
    .action((name: string, options: CreateOptions) =>
      onInstance((instance) => create(instance, name, options)),
    );

  addTokenOptions(
    token
      .command('share')
      .description(
        'Make a link that opens the dashboard of a site, read-only. Only the link goes to standard output.',
      )
      .argument('<name>', 'what lists and the audit log call its token', readName)
      .requiredOption('--site <slug>', 'the site'),
  )
    .addHelpText(
      'after',
      examples(
        'oxicount token share "For Anna" --site docs --expires 30d',
        'oxicount token share November --site docs --range 2026-11-01/2026-11-30',
        'oxicount token share Germany --site docs --filter country=DE --range last-30-days',
      ),
    )
    .action((name: string, options: ShareOptions) =>
      onInstance((instance) => share(instance, name, options)),
    );

  token
    .command('list')
    .description('Show all tokens, without their secret part, those that are good no more included.')
    .option('--site <slug>', 'only those of one site')
    .option('--json', 'as JSON')
    .addHelpText('after', examples('oxicount token list', 'oxicount token list --site docs --json'))
    .action((options: { site?: string; json?: boolean }) =>
      onInstance((instance) => listTokens(instance, options)),
    );

  token
    .command('revoke')
    .description('Make a token good no more, and a link with it.')
    .argument('<id>', 'its public part, as token list shows it; the whole token will do')
    .addHelpText('after', examples('oxicount token revoke 0a1b2c3d4e5f'))
    .action((id: string) => onInstance((instance) => revoke(instance, id)));
}

async function create(instance: Instance, name: string, options: CreateOptions): Promise<void> {
  const { site, scope, expires: expiresAt, ...restriction } = options;
  checkTogether(options);
  if (site !== undefined) await knownSite(instance, site);
  const made = await instance.tokens.create(
    { name, site, scopes: scope, expiresAt, ...restriction },
    operator,
  );
  process.stderr.write(`${introduce(made)}The token is shown this once: keep it.\n\n`);
  process.stdout.write(`${made.text}\n`);
}

async function share(instance: Instance, name: string, options: ShareOptions): Promise<void> {
  const { site, expires: expiresAt, ...restriction } = options;
  const { config, tokens } = instance;
  const baseUrl = baseUrlOf(config);
  if (baseUrl === null) {
    throw invalid('Where the instance is reached is not known. Set base_url, or a port in socket_address.');
  }
  await knownSite(instance, site);
  const made = await tokens.create({ name, site, scopes: ['READ'], expiresAt, ...restriction }, operator);
  const local = config.baseUrl === null ? ' It opens on this machine only, until base_url is set.' : '';
  process.stderr.write(`${introduce(made)}The link is shown this once: keep it.${local}\n\n`);
  process.stdout.write(`${sharedLink(baseUrl, site, made.text)}\n`);
}

async function revoke({ tokens }: Instance, id: string): Promise<void> {
  const { name, prefix } = await tokens.revoke(parseToken(id)?.prefix ?? id, operator);
  process.stdout.write(
    `The token ${name} (${prefix}) is good no more. A running service sees it within ${SEEN_AFTER_SECS} seconds.\n`,
  );
}

/** What a new token is good for, a line each. */
function introduce({ token }: NewToken): string {
  const only = restrictionText(token);
  const lines = [
    `Made the token ${token.name} (${token.prefix}), for ${token.site ? `the site ${token.site.slug}` : 'all sites'}:`,
    ...token.scopes.map((scope) => `  ${wordOf(scope)}: ${scopes[scope]}`),
    ...(only === '' ? [] : [`  Only visits of ${only}.`]),
    token.expiresAt === null ? '  It does not expire.' : `  It expires on ${formatInstant(token.expiresAt)}.`,
  ];
  return `${lines.join('\n')}\n`;
}

/** Says in the words of the options what the domain would refuse in its own. */
function checkTogether({ scope, site, filter, range }: CreateOptions): void {
  if (site !== undefined && scope.includes('ADMINISTER_INSTANCE')) {
    throw invalid('--scope administer-instance is for all sites; leave out --site.');
  }
  const isReader = site !== undefined && scope.every((one) => one === 'READ');
  if ((filter || range) && !isReader) {
    throw invalid(
      '--filter and --range are for a token that reads one site: give --site, and --scope read alone.',
    );
  }
}

function invalid(message: string): DomainError {
  return new DomainError('INVALID_ARGUMENT', message);
}
