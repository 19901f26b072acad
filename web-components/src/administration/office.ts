import { Listing } from '../client/listing.ts';
import type { PageClient } from '../client/page-client.ts';
import {
  ARCHIVE_SITE,
  CREATE_SITE,
  CREATE_TOKEN,
  DELETE_SITE,
  RESTORE_SITE,
  REVOKE_TOKEN,
  SITES,
  type Site,
  TOKENS,
  type Token,
  UPDATE_SITE,
  type Viewer,
} from './administered.ts';
import { Attempt } from './attempt.ts';
import { Log } from './log/log.ts';
import type { Page, Question } from './page.ts';
import { Deleting } from './sites/deleting.ts';
import { SITE_FIELDS, type SiteInput } from './sites/site-input.ts';
import { TOKEN_FIELDS, type TokenInput } from './tokens/token-input.ts';

/** Whom an office asks, and whom it tells. */
export interface OfficeOptions {
  readonly client: PageClient;
  /** Called after anything has changed. */
  readonly changed: () => void;
  /** Called when something else is open, where reading begins anew. */
  readonly moved: () => void;
  /** Called after a form was refused. */
  readonly refused: () => void;
  /** Called after the service has changed a site, or a token of a site or of all. */
  readonly administered: (what: 'site' | 'token', site: string | null) => void;
}

/** What was done, as a name of words with values. */
interface Done {
  readonly name: string;
  readonly values: Readonly<Record<string, string>>;
}

/** Where sites and tokens are administered: what there is, what is open, and what is done. */
export class Office {
  readonly #options: OfficeOptions;
  readonly sites: Listing<{ readonly viewer: Viewer | null; readonly sites: readonly Site[] }>;
  readonly tokens: Listing<readonly Token[]>;
  readonly log: Log;
  /** What is done without a form. */
  readonly acting: Attempt;
  /** The form for a link. */
  readonly sharing: Attempt;
  page: Page = { kind: 'list' };
  question: Question | undefined;
  done: Done | undefined;

  /** Begins to read the sites at once. */
  constructor(options: OfficeOptions) {
    const { client, changed } = options;
    this.#options = options;
    this.sites = new Listing((signal) => client.request(SITES, {}, { signal }), changed);
    this.tokens = new Listing(
      async (signal) => (await client.request(TOKENS, {}, { signal })).tokens,
      changed,
    );
    this.log = new Log(client, changed);
    this.acting = new Attempt([], changed);
    this.sharing = new Attempt(TOKEN_FIELDS, changed);
    void this.sites.read();
  }

  /** Whether who asks may make sites, and tokens of any kind. */
  get isOfInstance(): boolean {
    return this.sites.value?.viewer?.scopes.includes('ADMINISTER_INSTANCE') ?? false;
  }

  open(page: Page): void {
    this.leave();
    this.page = page;
    this.#options.changed();
    this.#options.moved();
  }

  /** Closes what is open, for another view. */
  leave(): void {
    this.page = { kind: 'list' };
    this.done = undefined;
    this.acting.refusal = undefined;
    this.sharing.refusal = undefined;
  }

  ask(question: Question | undefined): void {
    this.question = question;
    this.#options.changed();
  }

  openSiteForm(site: Site | undefined): void {
    this.open({ kind: 'site-form', site, attempt: new Attempt(SITE_FIELDS, this.#options.changed) });
  }

  openTokenForm(): void {
    this.open({ kind: 'token-form', attempt: new Attempt(TOKEN_FIELDS, this.#options.changed) });
  }

  askDelete(site: Site): void {
    const { client, changed, administered } = this.#options;
    let begun = false;
    const deletePart = async () => {
      const { deletion } = await client.request(DELETE_SITE, { id: site.id }, { timeoutMs: 60_000 });
      // It is gone with the first part of its rows.
      if (!begun) administered('site', site.id);
      begun = true;
      return deletion;
    };
    this.ask({ kind: 'delete', site, deleting: new Deleting(deletePart, changed) });
  }

  askRevoke(token: Token): void {
    this.ask({ kind: 'revoke', token, attempt: new Attempt([], this.#options.changed) });
  }

  /** Makes a site, or changes one. */
  async saveSite(before: Site | undefined, input: SiteInput, attempt: Attempt): Promise<void> {
    const { client, refused } = this.#options;
    const done = await attempt.run(async () => {
      const { site } = before
        ? await client.request(UPDATE_SITE, { id: before.id, input })
        : await client.request(CREATE_SITE, { input });
      await this.#changed('site', site.id);
      this.open(before ? { kind: 'list' } : { kind: 'site-added', site });
      this.#say(before ? 'site-saved' : 'site-added', site.name);
    });
    if (!done) refused();
  }

  async setArchived({ id, name }: Site, archived: boolean): Promise<void> {
    this.done = undefined;
    await this.acting.run(async () => {
      await this.#options.client.request(archived ? ARCHIVE_SITE : RESTORE_SITE, { id });
      await this.#changed('site', id);
      this.#say(archived ? 'site-archived' : 'site-restored', name);
    });
  }

  async remove(deleting: Deleting): Promise<void> {
    if (await deleting.run()) await this.sites.read();
    this.tokens.forget();
    this.log.forget();
  }

  async makeToken(input: TokenInput, attempt: Attempt): Promise<void> {
    const { client, refused } = this.#options;
    const done = await attempt.run(async () => {
      const { made } = await client.request(CREATE_TOKEN, { input });
      // At once: nobody can be shown it again.
      this.open({ kind: 'token-made', made });
      await this.#changed('token', made.token.site);
    });
    if (!done) refused();
  }

  async revoke({ id, name, site }: Token, attempt: Attempt): Promise<void> {
    const done = await attempt.run(async () => {
      await this.#options.client.request(REVOKE_TOKEN, { id });
      await this.#changed('token', site);
    });
    if (!done) return;
    this.ask(undefined);
    this.open({ kind: 'list' });
    this.#say('token-revoked', name);
  }

  /** Ends all reading; an office is not used again. */
  stop(): void {
    for (const listing of [this.sites, this.tokens, this.log.listing]) listing.stop();
  }

  async #changed(what: 'site' | 'token', site: string | null): Promise<void> {
    this.log.forget();
    this.#options.administered(what, site);
    if (what === 'site') {
      this.tokens.forget();
      await this.sites.read();
    } else await this.tokens.read();
  }

  #say(name: string, subject: string): void {
    this.done = { name, values: { name: subject } };
    this.#options.changed();
  }
}
