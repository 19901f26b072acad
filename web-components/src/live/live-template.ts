import { html, nothing, svg, type TemplateResult } from 'lit';
import { displayPath } from '../format/display-path.ts';
import { fill } from '../format/fill.ts';
import { formatCount } from '../format/format.ts';
import { roomTemplate } from '../widget/rows.ts';
import type { LiveData } from './live-data.ts';
import { minuteBars } from './minute-bars.ts';
import { countPhrase, type Phrasing, pluralPhrase } from './phrases.ts';

/** What is needed to draw who is here. */
export interface LiveView extends Phrasing {
  readonly word: (name: string) => string;
  /** How many pages there may be. */
  readonly rows: number;
  /** The figures follow what happens, so that they need no time beside them. */
  readonly live: boolean;
}

/** The number of visitors, large, with bars for the last minutes and the pages they are on. */
export function liveTemplate(view: LiveView, data: LiveData): TemplateResult {
  return html`
    ${hereTemplate(view, data)}
    ${data.minutes ? barsTemplate(view, data.minutes) : nothing}
    <p class="caption">${view.live ? view.word('minutes') : fill(view.word('at'), { time: timeOf(data.at, view) })}</p>
    ${view.rows > 0 ? pagesTemplate(view, data.pages ?? []) : nothing}
  `;
}

function hereTemplate(view: LiveView, { visitors }: LiveData): TemplateResult {
  const [before, after] = pluralPhrase('here', visitors, view).split('{count}');
  return html`<p class="here">${before}<span part="count">${formatCount(visitors, view.language)}</span>${after}</p>`;
}

function barsTemplate(view: LiveView, minutes: NonNullable<LiveData['minutes']>): TemplateResult {
  const { bars, sum, peak } = minuteBars(minutes);
  const name = fill(view.word('bars'), {
    views: countPhrase('views', sum, view),
    peak: formatCount(peak, view.language),
  });
  return html`
    <div class="bars" part="bars" role="img" aria-label=${name}>
      ${bars.map(
        ({ start, views, height }) => html`
          <div class="minute" title="${timeOf(start, view)}: ${countPhrase('views', views, view)}">
            ${barTemplate(height)}
          </div>
        `,
      )}
    </div>
  `;
}

/** Sizes are attributes of a drawing, as a page with a strict policy allows no styles. */
function barTemplate(height: number): TemplateResult {
  const length = `${(height * 100).toFixed(1)}%`;
  const y = `${(100 - height * 100).toFixed(1)}%`;
  return html`<svg aria-hidden="true">${svg`<rect y=${y} width="100%" height=${length} />`}</svg>`;
}

function pagesTemplate(view: LiveView, pages: NonNullable<LiveData['pages']>): TemplateResult {
  return html`
    <div class="list">
      ${roomTemplate(view.rows)}
      <ol role="list" aria-label=${view.word('pages')}>
        ${pages.map(({ path, visitors }) => {
          const name = displayPath(path);
          return html`
            <li class="row" part="row">
              <span class="name" title=${name}><bdi>${name}</bdi></span>
              <span><span class="unseen">, </span>${formatCount(visitors, view.language)}</span>
            </li>
          `;
        })}
      </ol>
    </div>
  `;
}

/** The minute of a moment, in the zone of who looks at it. */
function timeOf(moment: string, { language }: LiveView): string {
  return new Intl.DateTimeFormat(language, { timeStyle: 'short' }).format(new Date(moment));
}
