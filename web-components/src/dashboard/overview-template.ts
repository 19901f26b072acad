import { html, nothing, svg } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import { repeat } from 'lit/directives/repeat.js';
import { displayPath } from '../display-path.ts';
import { formatCount, formatMoment, formatReferrer, formatSpent } from '../format.ts';
import { emptyTemplate } from './empty-template.ts';
import { failureTemplate, loadingTemplate, staleTemplate } from './notice-template.ts';
import { MOST_PAGES, type PageCount, type Visit } from './operations.ts';
import type { Overview, SiteFigures } from './overview.ts';
import { type Screen, visitsWord } from './screen.ts';

/** A site as a whole. */
export function overviewTemplate(screen: Screen, view: Overview) {
  const { value, error } = view.figures.latest;
  const again = () => void view.figures.read();
  if (!value) return error ? failureTemplate(error, again) : loadingTemplate;
  return html`
    <h1>${screen.site.name}</h1>
    ${error ? staleTemplate(error, again) : nothing}
    ${value.visits === 0 && value.pages.length === 0 ? emptyTemplate(screen) : figuresTemplate(screen, view, value)}
  `;
}

function figuresTemplate(screen: Screen, view: Overview, { visits, pages }: SiteFigures) {
  const fresh = new Set(view.feed.map(({ path }) => path));
  const number = (count: number) => formatCount(count, screen.language);
  const more = pages.length === MOST_PAGES ? '+' : '';
  return html`
    <dl class="totals" part="totals">
      <div><dt>Visits</dt><dd>${keyed(visits, html`<span class=${fresh.size ? 'fresh' : ''}>${number(visits)}</span>`)}</dd></div>
      <div><dt>Pages read</dt><dd>${number(pages.length)}${more}</dd></div>
    </dl>
    <div class="columns">
      <section aria-labelledby="pages" part="pages">
        <h2 id="pages">Most read pages</h2>
        <ol class="pages">
          ${repeat(
            pages,
            ({ path }) => path,
            (page) => pageRow(screen, page, pages[0]?.count ?? 1, fresh.has(page.path)),
          )}
        </ol>
      </section>
      <section aria-labelledby="feed" part="feed">
        <h2 id="feed">As it happens</h2>
        ${view.feed.length > 0 ? feedTemplate(screen, view.feed) : quietTemplate(screen)}
      </section>
    </div>
  `;
}

function pageRow(screen: Screen, { path, count }: PageCount, most: number, fresh: boolean) {
  const number = html`<span class="count ${fresh ? 'fresh' : ''}">${formatCount(count, screen.language)}</span>`;
  return html`
    <li>
      <svg class="bar" aria-hidden="true" preserveAspectRatio="none">
        ${svg`<rect width="${(100 * count) / most}%" height="100%" rx="4"></rect>`}
      </svg>
      <a href=${screen.address({ path })}><bdi>${displayPath(path)}</bdi></a>
      ${keyed(count, number)}<span class="unseen"> ${visitsWord(count)}</span>
    </li>
  `;
}

function feedTemplate(screen: Screen, feed: readonly Visit[]) {
  const { language } = screen;
  return html`
    <ol class="feed">
      ${repeat(
        feed,
        ({ id }) => id,
        ({ path, registeredAt, referrer }) => html`
          <li>
            <a href=${screen.address({ path })}><bdi>${displayPath(path)}</bdi></a>
            <span class="quiet">
              opened at
              <time datetime=${registeredAt}>${formatMoment(registeredAt, { language, precision: 'second of the day' })}</time>
              ${referrer ? html`from <bdi>${formatReferrer(referrer)}</bdi>` : nothing}
            </span>
          </li>
        `,
      )}
    </ol>
  `;
}

function quietTemplate(screen: Screen) {
  return html`<p class="quiet">
    Visits appear here the moment they count, ${formatSpent(screen.site.minDelaySecs, screen.language, 'long')} into
    reading. None has since you opened this page.
  </p>`;
}
