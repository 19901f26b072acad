import { html, nothing, svg, type TemplateResult } from 'lit';
import { formatCount, formatSpent } from '../format/format.ts';
import { roomTemplate } from '../widget/rows.ts';
import type { Order } from './order.ts';
import { pageLink } from './page-link.ts';
import type { TopData, TopValue } from './top-data.ts';
import { type Naming, valueName } from './value-name.ts';
import { withoutValue } from './without-value.ts';

/** What is needed to draw a list of values. */
export interface TopView extends Naming {
  readonly dimension: string;
  readonly order: Order;
  /** How many rows there may be. */
  readonly rows: number;
  /** The chosen value, or null. Undefined: none can be chosen. */
  readonly selected: string | null | undefined;
  readonly select: (value: string) => void;
}

/** The values, those with most first, and at the end what has none. */
export function topTemplate(view: TopView, data: TopData): TemplateResult {
  const { values } = data;
  const without = values.length < view.rows ? withoutValue(data, view) : undefined;
  // A bar is as long as its figure, compared to the largest: most shares of a total are too small to be seen.
  const largest = Math.max(...values.map(({ figure }) => figure), without?.figure ?? 0);
  const draw = (row: Row) => rowTemplate(view, row, largest > 0 ? row.figure / largest : 0);
  return html`
    <div class="list">
      ${roomTemplate(view.rows)}
      ${
        values.length > 0 || without
          ? html`
              <ol role="list">
                ${values.map((value) => {
                  const name = valueName(view.dimension, value.value, view);
                  const link = pageLink(view.dimension, value.value, data.baseUrl);
                  return html`<li part="row" data-value=${value.value}>${draw({ ...value, name, link })}</li>`;
                })}
                ${without ? html`<li part="row" class="without">${draw({ ...without, name: view.word('without') })}</li>` : nothing}
              </ol>
            `
          : html`<p class="empty" part="empty">${view.word('empty')}</p>`
      }
    </div>
  `;
}

interface Row extends Omit<TopValue, 'value'> {
  readonly name: string;
  /** Absent: it cannot be chosen. */
  readonly value?: string;
  readonly link?: string | undefined;
}

function rowTemplate(view: TopView, row: Row, length: number): TemplateResult {
  const { selected, select } = view;
  const { value, link, name } = row;
  const isButton = selected !== undefined && value !== undefined;
  const title = html`<bdi>${name}</bdi>`;
  const content = html`
    <svg class="bar" aria-hidden="true">${svg`<rect width="${(length * 100).toFixed(2)}%" height="100%" rx="4" />`}</svg>
    ${
      link && !isButton
        ? html`<a class="name" part="link" href=${link} rel="noopener" title=${name}>${title}</a>`
        : html`<span class="name" title=${name}>${title}</span>`
    }
    ${figuresTemplate(view, row)}
  `;
  if (!isButton) return html`<div class="row">${content}</div>`;
  return html`
    <button class="row" type="button" aria-pressed=${value === selected} @click=${() => select(value)}>${content}</button>
  `;
}

function figuresTemplate({ order, language, word }: TopView, { figure, share }: Row): TemplateResult {
  const text = order.inSeconds ? formatSpent(Math.round(figure), language) : formatCount(figure, language);
  return html`
    ${share === null ? nothing : html`<span class="share" part="share"><span class="unseen">, </span>${percent(share, language)}</span>`}
    <span part="figure"><span class="unseen">, ${word(order.name)} </span>${text}</span>
  `;
}

function percent(share: number, language: string | undefined): string {
  // Below ten per cent a digit more tells something; above, it is noise.
  const maximumFractionDigits = share < 0.1 ? 1 : 0;
  return new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits }).format(share);
}
