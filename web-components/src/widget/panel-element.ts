import { html, nothing, type PropertyDeclarations, type PropertyValues, type TemplateResult } from 'lit';
import type { LiveState } from '../client/following.ts';
import { jsonAttribute } from './json-attribute.ts';
import { rangeNamed, type StatsRange } from './range.ts';
import { theme } from './theme.ts';
import { WidgetElement } from './widget-element.ts';

/** Which visits to look at, as `stats` takes it: `{ country: 'DE' }`. */
export type StatsFilter = Readonly<Record<string, string>>;

/** The words of a panel, by what they are for. */
export type Words = Readonly<Record<string, string>>;

/** What every panel says where it has nothing else to say. */
const NOTICES = {
  loading: 'Reading the figures',
  failed: 'The figures cannot be read right now.',
  unknown: 'There are no such figures here.',
  'unknown-page': 'There are no such figures here.',
  refused: 'These figures are not public.',
  stale: 'These are the last figures known.',
  unconnected: 'Not connected: these are the last figures known.',
  again: 'Try again',
};

const NOTICE_OF: Readonly<Record<string, keyof typeof NOTICES>> = {
  SITE_NOT_FOUND: 'unknown',
  PAGE_NOT_FOUND: 'unknown-page',
  SITE_REQUIRED: 'unknown',
  INVALID_TOKEN: 'refused',
};

// A paused element is out of sight.
const UNCONNECTED: readonly unknown[] = ['connecting', 'waiting', 'refused'] satisfies LiveState[];

/**
 * What the elements that fill a box have in common: a label, a range and a filter, and what is shown before, instead
 * of and beside figures.
 *
 * @attr {string} label - What stands above the figures, and names them for screen readers.
 * @attr {string} range - Which time to look at: a preset such as `last-30-days`, or two dates, `2024-03-01/2024-03-31`.
 * @attr {string} filter - Which visits to look at, as JSON: `{"country":"DE"}`.
 * @attr {string} words - Words in another language, as JSON: `{"visits":"Besuche"}`.
 * @slot - What to show without figures.
 * @slot label - A heading instead of the label.
 * @csspart panel - The box.
 * @csspart label - The label.
 * @csspart failure - What is shown instead of figures that cannot be read.
 * @csspart stale - What is shown below figures that could not be read again.
 * @cssprop [--oxi-ink=currentcolor] - Text.
 * @cssprop --oxi-quiet - Text that matters less.
 * @cssprop [--oxi-surface=transparent] - Ground of what lies above the page.
 * @cssprop --oxi-line - Lines, and the shapes that stand for figures to come.
 * @cssprop --oxi-accent - What is chosen, focused or drawn.
 * @cssprop --oxi-bar - Bars behind text.
 * @cssprop --oxi-alarm - What went wrong, or went down.
 * @cssprop [--oxi-radius=0.5rem] - Corners.
 */
export abstract class PanelElement<Value extends object> extends WidgetElement<Value> {
  static override properties: PropertyDeclarations = {
    ...WidgetElement.properties,
    label: {},
    range: {},
    filter: { converter: jsonAttribute },
    words: { converter: jsonAttribute },
  };

  static override styles = [theme];

  /** What stands above the figures, and names them for screen readers. Null: nothing stands there. */
  declare label: string | null;
  /** Which time to look at: a preset such as `last-30-days`, or two dates, `2024-03-01/2024-03-31`. */
  declare range: string | null;
  /** Which visits to look at. Undefined: all. */
  declare filter: StatsFilter | undefined;
  /** Words in another language, for those that are to be others: `{ "visits": "Besuche" }`. */
  declare words: Words | undefined;

  /** Whether what it follows was told of from the last answer on. */
  #isCaughtUp = false;

  constructor() {
    super();
    this.label = null;
    this.range = null;
    this.filter = undefined;
    this.words = undefined;
  }

  /** Words of this element in English, beside those of all panels. */
  protected abstract get ownWords(): Words;
  /** The figures. */
  protected abstract figures(data: Value): TemplateResult;
  /** Grey shapes as large as the figures will be. */
  protected abstract ghost(): TemplateResult;

  /** A word of this element, as the page wants it. */
  protected word(name: string): string {
    return this.words?.[name] ?? this.ownWords[name] ?? NOTICES[name as keyof typeof NOTICES] ?? name;
  }

  protected get statsRange(): StatsRange | undefined {
    return this.range === null ? undefined : rangeNamed(this.range);
  }

  /** The filter, with the page that the element is about. */
  protected get statsFilter(): StatsFilter | undefined {
    const page = this.pageOf('site');
    return page === undefined ? this.filter : { ...this.filter, page };
  }

  /** The figures of another range or filter stay until the new ones come, paler, so that nothing jumps. */
  protected override meanwhile(data: Value | undefined): Value | undefined {
    return data;
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    const isOpen = this.liveState === 'open';
    // Nobody was told of what was counted between the first answer and the connection.
    if (isOpen && !this.#isCaughtUp && !this.busy && !this.reading()?.source.pushed) void this.refresh();
    this.#isCaughtUp = this.liveState !== undefined && (isOpen || this.#isCaughtUp);
  }

  protected override render(): TemplateResult {
    const { data, error, label } = this;
    if (!data && this.#hasContent) return html`<slot></slot>`;
    return html`
      <section part="panel" aria-label=${label ?? this.word('name')} aria-busy=${this.busy}>
        <slot name="label">${label === null ? nothing : html`<p part="label" aria-hidden="true">${label}</p>`}</slot>
        ${data ? html`<div class="figures">${this.figures(data)}</div>` : error ? this.#failure(error.code) : this.#loading()}
        ${data ? this.#staleness() : nothing}
      </section>
    `;
  }

  /** Figures do not get old in silence. Most connections are back before anybody would notice, so that one waits. */
  #staleness(): TemplateResult | typeof nothing {
    if (this.error) return html`<p part="stale" role="status">${this.word('stale')}</p>`;
    if (!UNCONNECTED.includes(this.liveState)) return nothing;
    return html`<p part="stale" class="late">${this.word('unconnected')}</p>`;
  }

  #loading(): TemplateResult {
    return html`<div class="figures"><span class="unseen">${this.word('loading')}</span>${this.ghost()}</div>`;
  }

  /** In the room of the figures, so that nothing moves when they come after all. */
  #failure(code: string): TemplateResult {
    return html`
      <div class="over">
        <div class="under" aria-hidden="true">${this.ghost()}</div>
        <div part="failure" role="status">
          <p>${this.word(NOTICE_OF[code] ?? 'failed')}</p>
          <button type="button" @click=${() => void this.refresh()}>${this.word('again')}</button>
        </div>
      </div>
    `;
  }

  /** White space between the tags is no content. Outside of a browser there is nothing to look at. */
  get #hasContent(): boolean {
    return [...(this.childNodes ?? [])].some((node) =>
      node.nodeType === Node.ELEMENT_NODE
        ? !(node as Element).hasAttribute('slot')
        : node.nodeType === Node.TEXT_NODE && node.textContent?.trim() !== '',
    );
  }
}
