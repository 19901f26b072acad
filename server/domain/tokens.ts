import { forbidden, type Grant, type Reader } from './access.ts';
import type { Administrators } from './administrators.ts';
import type { AuditAction, AuditNote } from './audit.ts';
import { DomainError } from './errors.ts';
import type { Instant } from './instant.ts';
import { isSet } from './is-set.ts';
import type { Clock, RandomBytes, Storage } from './ports.ts';
import { allows, SCOPES, type Scope } from './scope.ts';
import type { AdministeredSite } from './site.ts';
import { nameRule } from './site-rules.ts';
import { type FilterInput, readFilter } from './statistics/filter.ts';
import { type RangeInput, resolveRange } from './statistics/range.ts';
import type { Restriction, StoredToken, Token } from './token.ts';
import { formatToken, hashOf, newTokenText } from './token-text.ts';

/** What a token is to be good for. */
export interface TokenInput {
  readonly name: string;
  readonly scopes: readonly Scope[];
  /** The slug of the only site that it is good for; default: all. */
  readonly site?: string | null | undefined;
  /** Default: never. */
  readonly expiresAt?: Instant | null | undefined;
  /** Only visits that have all of these values; for tokens that read one site. */
  readonly filter?: FilterInput | null | undefined;
  /** Only what lies in this range; likewise. */
  readonly range?: RangeInput | null | undefined;
}

/** A new token with what is shown once and kept by nobody here. */
export interface NewToken {
  readonly token: Token;
  /** The whole of it, as it is sent. */
  readonly text: string;
}

/** Bearer tokens. */
export interface Tokens {
  /**
   * Those of the sites that the reader administers, in the order they were made.
   * @throws DomainError `INVALID_TOKEN` or `FORBIDDEN`
   */
  list(site: string | null | undefined, reader: Reader): Promise<readonly Token[]>;
  /**
   * Makes a token; who administers one site makes tokens for that one.
   * @throws DomainError `INVALID_TOKEN`, `FORBIDDEN`, `SITE_NOT_FOUND`, or `INVALID_ARGUMENT` or `INVALID_PATH`, which
   * name the field
   */
  create(input: TokenInput, reader: Reader): Promise<NewToken>;
  /**
   * Makes a token good no more. Again does nothing.
   * @throws DomainError `INVALID_TOKEN`, `FORBIDDEN` or `TOKEN_NOT_FOUND`
   */
  revoke(prefix: string, reader: Reader): Promise<Token>;
  /** Makes the token that administers the instance, unless there is one. @returns its text; null where there is one */
  createFirst(): Promise<string | null>;
}

export interface TokensOptions {
  readonly storage: Pick<Storage, 'tokens' | 'statistics'>;
  readonly administrators: Administrators;
  readonly clock: Clock;
  readonly randomBytes: RandomBytes;
  /** Told after a token was revoked. */
  readonly revoked: (prefix: string) => void;
}

export function createTokens(options: TokensOptions): Tokens {
  const { storage, administrators, clock, randomBytes, revoked } = options;

  function noteOf(actor: string, action: AuditAction, token: Token): AuditNote {
    const changes = action === 'TOKEN_CREATED' ? { scopes: [null, token.scopes] as const } : {};
    return {
      at: clock(),
      actor,
      action,
      site: token.site,
      token: `${token.name} (${token.prefix})`,
      changes,
    };
  }

  /** @throws DomainError `INVALID_ARGUMENT` or `INVALID_PATH`, which name the field */
  async function readToken(input: TokenInput, site: AdministeredSite | null): Promise<NewToken & Made> {
    const now = clock();
    const text = newTokenText(randomBytes);
    const token: Token = {
      prefix: text.prefix,
      name: readName(input.name),
      scopes: readScopes(input.scopes, site),
      site: site && { id: site.id, slug: site.slug },
      ...(await readRestriction(input, site)),
      createdAt: now,
      expiresAt: readExpiry(input.expiresAt, now),
      lastUsedAt: null,
      revokedAt: null,
    };
    return { token, text: formatToken(text), stored: { ...token, hash: hashOf(text.secret) } };
  }

  async function readRestriction(
    { filter, range, scopes }: TokenInput,
    site: AdministeredSite | null,
  ): Promise<Restriction> {
    if (!filter && !range) return { filter: null, range: null };
    if (!site || scopes.some((scope) => scope !== 'READ')) {
      throw invalid('filter and range are for a token that reads one site: give the site, and READ alone.');
    }
    if (range) {
      await resolveRange(range, {
        now: clock(),
        timeZone: site.timeZone,
        firstDay: () => storage.statistics.firstDay(site.id),
      });
    }
    const read = filter ? readFilter(filter, site) : {};
    return { filter: Object.keys(read).length > 0 ? read : null, range: range ?? null };
  }

  /** Those for all sites are for whoever administers the instance. */
  async function administered({ scopes, siteId }: Grant): Promise<readonly Token[]> {
    const tokens = await storage.tokens.list(siteId);
    return allows(scopes, 'ADMINISTER_INSTANCE') ? tokens : tokens.filter(({ site }) => site !== null);
  }

  return {
    async list(slug, reader) {
      if (isSet(slug)) return storage.tokens.list((await administrators.ofSite(reader, slug)).site.id);
      return administered(await administrators.ofAny(reader));
    },

    async create(input, reader) {
      const { site: slug, scopes } = input;
      const { grant, site } = isSet(slug)
        ? await administrators.ofSite(reader, slug)
        : { grant: await administrators.ofInstance(reader), site: null };
      const { token, text, stored } = await readToken(input, site);
      const beyond = scopes.find((scope) => !allows(grant.scopes, scope));
      if (beyond) throw forbidden(`A token with the scope ${beyond} is made by one that has it.`);
      await storage.tokens.add(stored, noteOf(grant.name, 'TOKEN_CREATED', token));
      return { token, text };
    },

    async revoke(prefix, reader) {
      const grant = await administrators.ofAny(reader);
      const token = (await administered(grant)).find((one) => one.prefix === prefix);
      if (!token) {
        throw new DomainError('TOKEN_NOT_FOUND', `There is no token ${JSON.stringify(prefix.slice(0, 40))}.`);
      }
      if (token.revokedAt !== null) return token;
      const note = noteOf(grant.name, 'TOKEN_REVOKED', token);
      await storage.tokens.revoke(prefix, note);
      revoked(prefix);
      return { ...token, revokedAt: note.at };
    },

    async createFirst() {
      const { token, text, stored } = await readToken(
        { name: 'first token', scopes: ['ADMINISTER_INSTANCE'] },
        null,
      );
      const added = await storage.tokens.addFirst(stored, noteOf('first start', 'TOKEN_CREATED', token));
      return added ? text : null;
    },
  };
}

interface Made {
  readonly stored: StoredToken;
}

function readName(given: string): string {
  const name = nameRule.read(given);
  if (name !== undefined) return name;
  throw invalid(`name is ${JSON.stringify(given.slice(0, 100))}; it should be ${nameRule.right}.`);
}

function readScopes(given: readonly Scope[], site: AdministeredSite | null): readonly Scope[] {
  const scopes = SCOPES.filter((scope) => given.includes(scope));
  if (scopes.length === 0) throw invalid(`scopes is empty; give at least one of ${SCOPES.join(', ')}.`);
  if (site && scopes.includes('ADMINISTER_INSTANCE')) {
    throw invalid('scopes has ADMINISTER_INSTANCE, which is for all sites; leave the site out.');
  }
  return scopes;
}

function readExpiry(given: Instant | null | undefined, now: Instant): Instant | null {
  if (!isSet(given)) return null;
  const date = new Date(given);
  const isDate = !Number.isNaN(date.getTime());
  if (isDate && given > now) return date.getTime();
  throw invalid(`expiresAt is ${isDate ? date.toISOString() : given}; it should be a time in the future.`);
}

function invalid(message: string): DomainError {
  return new DomainError('INVALID_ARGUMENT', message);
}
