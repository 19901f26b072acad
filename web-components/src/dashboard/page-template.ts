import { html, nothing } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import { repeat } from 'lit/directives/repeat.js';
import { displayPath } from '../display-path.ts';
import { formatCount, formatMoment, formatReferrer, formatSpent } from '../format.ts';
import { failureTemplate, loadingTemplate, nothingTemplate, staleTemplate } from './notice-template.ts';
import type { Visit } from './operations.ts';
import type { PageDetail, PageFigures } from './page-detail.ts';
import { type Screen, visitsWord } from './screen.ts';

/** One page of a site. */
export function pageTemplate(screen: Screen, view: PageDetail) {
  const { value, error } = view.figures.latest;
  const again = () => void view.figures.read();
  return html`
    <p class="back"><a href=${screen.address({})}><span aria-hidden="true">←</span> All pages of ${screen.site.name}</a></p>
    <h1 class="path"><bdi>${displayPath(view.path)}</bdi></h1>
    ${value ? html`${error ? staleTemplate(error, again) : nothing}${figuresTemplate(screen, view, value)}` : nothing}
    ${value ? nothing : missingTemplate(view, again)}
  `;
}

function missingTemplate(view: PageDetail, again: () => void) {
  const { error } = view.figures.latest;
  if (!error) return loadingTemplate;
  if (error.code !== 'PAGE_NOT_FOUND') return failureTemplate(error, again);
  return nothingTemplate(
    'No visits yet',
    'Nobody has read this page long enough to count since counting began.',
  );
}

function figuresTemplate(screen: Screen, view: PageDetail, figures: PageFigures) {
  const { count, visits } = figures;
  const page = pageAddress(screen, view.path);
  return html`
    <p class="tally">
      ${keyed(count, html`<strong class="fresh">${formatCount(count, screen.language)}</strong>`)} ${visitsWord(count)}
      ${page ? html`<a class="push" href=${page} rel="noreferrer">Open the page</a>` : nothing}
    </p>
    ${visits.length > 0 ? historyTemplate(screen, view, figures) : nothingTemplate('No visits yet', 'The first one will appear here by itself.')}
  `;
}

function historyTemplate(screen: Screen, view: PageDetail, { visits, pageInfo }: PageFigures) {
  const { hasNextPage, hasPreviousPage } = pageInfo;
  return html`
    <table part="history" aria-busy=${view.figures.latest.reading}>
      <caption>Visits, newest first. Times in ${screen.site.timeZone}.</caption>
      <thead>
        <tr><th scope="col">Opened</th><th scope="col">Came from</th><th scope="col" class="number">Read for</th></tr>
      </thead>
      <tbody>
        ${repeat(
          visits,
          ({ id }) => id,
          (visit) => visitRow(screen, visit),
        )}
      </tbody>
    </table>
    <nav class="stretches" aria-label="Visits" ?hidden=${!hasNextPage && !hasPreviousPage}>
      ${stretchButton('Newer', hasPreviousPage, () => view.newer())}
      ${stretchButton('Older', hasNextPage, () => view.older())}
    </nav>
  `;
}

/** Stays focusable when there is nothing to go to, so that a keyboard user who arrives at an end keeps their place. */
function stretchButton(label: string, possible: boolean, go: () => void) {
  return html`<button type="button" aria-disabled=${!possible} @click=${possible ? go : nothing}>${label}</button>`;
}

/** A reader may still be reading, or their browser never said when they left. */
const unreported = html`<span aria-hidden="true">–</span><span class="unseen">not reported</span>`;

function visitRow({ language, site }: Screen, { registeredAt, referrer, spentSeconds }: Visit) {
  const opened = formatMoment(registeredAt, {
    language,
    timeZone: site.timeZone,
    precision: 'date and minute',
  });
  return html`
    <tr>
      <td><time datetime=${registeredAt}>${opened}</time></td>
      <td>${referrer ? html`<bdi>${breakable(formatReferrer(referrer))}</bdi>` : html`<span class="quiet">direct</span>`}</td>
      <td class="number">
        ${spentSeconds === null ? unreported : formatSpent(spentSeconds, language)}
      </td>
    </tr>
  `;
}

/** A host name that breaks after its dots, where a narrow column makes it. */
function breakable(host: string) {
  return host.split('.').map((label, index) => (index === 0 ? label : html`.<wbr />${label}`));
}

/** Where the page itself is. The path is appended, not resolved, so that it cannot lead to another host. */
function pageAddress({ site }: Screen, path: string): string | undefined {
  const [base] = site.baseUrls;
  return base && /^https?:\/\//.test(base) && path.startsWith('/')
    ? base.replace(/\/$/, '') + path
    : undefined;
}
