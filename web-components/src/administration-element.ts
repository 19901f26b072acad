import {
  html,
  LitElement,
  nothing,
  type PropertyDeclarations,
  type PropertyValues,
  type TemplateResult,
} from 'lit';
import type { Site } from './administration/administered.ts';
import { logTemplate } from './administration/log/log-template.ts';
import { Office } from './administration/office.ts';
import { listingTemplate } from './administration/parts.ts';
import { questionTemplate } from './administration/question-template.ts';
import type { Room } from './administration/room.ts';
import { shareTemplate } from './administration/share/share-template.ts';
import { sitesTemplate } from './administration/sites/sites-template.ts';
import { administrationStyles } from './administration/styles.ts';
import { tokensTemplate } from './administration/tokens/tokens-template.ts';
import { sayIn } from './administration/words.ts';
import { clientOf } from './client/page-client.ts';
import { Copying } from './dashboard/empty/copying.ts';
import { tabsTemplate } from './dashboard/tabs-template.ts';
import { instanceAt } from './widget/instance.ts';
import { jsonAttribute } from './widget/json-attribute.ts';
import { languageOf } from './widget/language.ts';
import type { StatsFilter, Words } from './widget/panel-element.ts';

/** A site or a token that was changed. */
export interface Administered {
  readonly what: 'site' | 'token';
  /** Slug of the site, or of the site that the token is good for; null for all. */
  readonly site: string | null;
}

const VIEWS: Readonly<Record<string, (room: Room) => TemplateResult>> = {
  sites: sitesTemplate,
  tokens: tokensTemplate,
  share: shareTemplate,
  log: logTemplate,
};

/** Refusals that another token would not meet. */
const REFUSALS: Readonly<Record<string, string>> = {
  INVALID_TOKEN: 'wrong-token',
  FORBIDDEN: 'small-token',
};

/**
 * Where an owner administers the sites of an instance and the tokens for them, makes links to share, and reads who
 * changed what. Of a token for one site it shows what that may do.
 *
 * @element oxi-administration
 * @attr {string} url - Base address of the instance. Default: the one that served this script.
 * @attr {string} token - Bearer token that administers the instance or a site.
 * @attr {string} site - Slug of the site that tokens, links and the log are of. Default: all, and the first for links.
 * @attr {'sites' | 'tokens' | 'share' | 'log'} view - What is on show. Default: `sites`.
 * @attr {string} range - A range that a link can be limited to: a preset such as `last-7-days`, or dates,
 *   `2024-03-01/2024-03-31`. Default: none.
 * @attr {string} filter - Which visits a link can be limited to, as JSON of `StatsFilter`: `{"country":"DE"}`. Default:
 *   all.
 * @attr {string} lang - Language of numbers and dates. Default: the page's, as HTML has it.
 * @attr {string} words - Words to use instead of the English ones, as JSON.
 * @csspart site - Each site.
 * @csspart token - Each token, and each link.
 * @csspart entry - Each entry of the log.
 * @csspart once - What is shown once of a new token.
 * @csspart failure - Says why something could not be read.
 * @csspart notice - What is shown to whom there is nothing to administer.
 * @csspart dialog - A dialog.
 * @cssprop [--oxi-ink=currentcolor] - Text.
 * @cssprop --oxi-quiet - Text that matters less.
 * @cssprop [--oxi-surface=transparent] - Ground of what lies above the page.
 * @cssprop --oxi-line - Lines.
 * @cssprop --oxi-accent - What is chosen, focused or done next.
 * @cssprop --oxi-bar - Ground of what is as it should be.
 * @cssprop --oxi-alarm - What went wrong, or cannot be undone.
 * @cssprop [--oxi-radius=0.5rem] - Corners.
 * @fires {CustomEvent<Administered>} oxi-administered - A site or a token was changed. Bubbles.
 */
export class AdministrationElement extends LitElement {
  static override properties: PropertyDeclarations = {
    url: {},
    token: {},
    site: {},
    view: {},
    range: {},
    filter: { converter: jsonAttribute },
    lang: {},
    words: { converter: jsonAttribute },
  };

  static override styles = administrationStyles;

  /** Base address of the instance. Null: the one that served this script. */
  declare url: string | null;
  /** Bearer token. Null: none. */
  declare token: string | null;
  /** Slug of the site that was chosen. Null: all. */
  declare site: string | null;
  /** What is on show. Null: the sites. */
  declare view: string | null;
  /** A range that a link can be limited to. Null: none. */
  declare range: string | null;
  /** Which visits a link can be limited to. Undefined: all. */
  declare filter: StatsFilter | undefined;
  /** Words in another language. */
  declare words: Words | undefined;

  readonly #changed = () => this.requestUpdate();
  readonly #copying = new Copying(this.#changed);
  #office: Office | undefined;

  constructor() {
    super();
    this.url = null;
    this.token = null;
    this.site = null;
    this.view = null;
    this.range = null;
    this.filter = undefined;
    this.words = undefined;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#begin();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#office?.stop();
    this.#office = undefined;
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (!this.hasUpdated) return;
    if (changed.has('url') || changed.has('token')) this.#begin();
    // What was open is of the view before.
    else if (changed.has('view')) this.#office?.leave();
  }

  protected override updated(): void {
    // A dialog is open as long as it is there.
    this.renderRoot.querySelector<HTMLDialogElement>('dialog:not([open])')?.showModal();
  }

  protected override render(): TemplateResult {
    const say = sayIn(this.words);
    const office = this.#office;
    const refusal = REFUSALS[office?.sites.error?.code ?? ''];
    if (refusal) {
      const word = this.token ? refusal : 'needs-token';
      return html`<p class="notice" part="notice" role="status">${say(word)}</p>`;
    }
    return html`${listingTemplate(say, office?.sites, ({ sites }) =>
      office ? this.#desk(this.#room(office, sites)) : nothing,
    )}`;
  }

  #room(office: Office, sites: readonly Site[]): Room {
    return {
      say: sayIn(this.words),
      language: languageOf(this),
      instance: instanceAt(this.url),
      office,
      copying: this.#copying,
      sites,
      chosen: sites.find(({ id }) => id === this.site)?.id ?? null,
      choose: (site) => {
        this.site = site;
      },
      range: this.range,
      filter: this.filter,
    };
  }

  #desk(room: Room): TemplateResult {
    const { say, office } = room;
    const { done, acting } = office;
    const open = this.#view;
    return html`
      ${tabsTemplate(
        {
          id: 'administration',
          label: say('administration'),
          tabs: Object.keys(VIEWS).map((name) => ({ name, word: say(name) })),
          open,
          choose: (view) => {
            this.view = view;
          },
        },
        html`
          <div class="said">
            <p role="status">${done ? say(done.name, done.values) : nothing}</p>
            <p class="refusal" role="alert">${acting.refusal?.reason ?? nothing}</p>
          </div>
          ${VIEWS[open]?.(room)}
        `,
      )}
      ${questionTemplate(room)}
    `;
  }

  get #view(): string {
    return this.view !== null && Object.hasOwn(VIEWS, this.view) ? this.view : 'sites';
  }

  #begin(): void {
    this.#office?.stop();
    const { token } = this;
    this.#office = new Office({
      client: clientOf({ instance: instanceAt(this.url), token: token ?? undefined }),
      changed: this.#changed,
      moved: () => void this.#focus('h2'),
      refused: () => void this.#focus('[data-refused] :is(input, textarea, select)'),
      administered: (what, site) => {
        const detail: Administered = { what, site };
        this.dispatchEvent(new CustomEvent('oxi-administered', { detail, bubbles: true, composed: true }));
      },
    });
  }

  /** The focus goes to where reading, or mending, begins. */
  async #focus(selector: string): Promise<void> {
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>(selector)?.focus();
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'oxi-administration': AdministrationElement;
  }
}
