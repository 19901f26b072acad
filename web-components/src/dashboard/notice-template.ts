import { html } from 'lit';
import type { ServiceError } from '../transport/service-error.ts';

/** Grey shapes in place of what is being read. They fade in late, so that a quick answer is not preceded by a flash. */
export const loadingTemplate = html`
  <div class="loading" role="status">
    <span class="unseen">Reading the figures</span>
    <div class="ghost tall"></div>
    <div class="ghost"></div>
    <div class="ghost"></div>
    <div class="ghost"></div>
  </div>
`;

const REASONS: Record<string, readonly [title: string, text: string]> = {
  UNREACHABLE: [
    'The service does not answer',
    'It may be restarting, or the network may be down. This page tries again by itself every few seconds.',
  ],
  UNEXPECTED_ANSWER: [
    'The answer made no sense',
    'Something between this page and oxicount, such as a proxy, may have answered in its place.',
  ],
  UNAVAILABLE: ['The database is not available', 'Visits are asked to come again, and so does this page.'],
  SITE_NOT_FOUND: ['There is no such site', 'It may have been removed, or the address may be mistyped.'],
};

/** A failure with nothing to show beside it. */
export function failureTemplate(error: ServiceError, again: () => void) {
  const [title, text] = REASONS[error.code] ?? ['That did not work', error.message];
  return html`
    <section class="failure" role="alert" part="failure">
      <h2>${title}</h2>
      <p>${text}</p>
      <button type="button" @click=${again}>Try again</button>
    </section>
  `;
}

/** A failure above figures that were read before it. */
export function staleTemplate(error: ServiceError, again: () => void) {
  const [title] = REASONS[error.code] ?? ['The last reading failed'];
  return html`
    <div class="stale" role="status">
      <span>${title}. The figures below are the last ones known.</span>
      <button type="button" @click=${again}>Try again</button>
    </div>
  `;
}

/** Something that is as it should be, and yet there is nothing to show. */
export function nothingTemplate(title: string, text: string) {
  return html`<section class="failure"><h2>${title}</h2><p>${text}</p></section>`;
}

/** In place of a site that is not there. */
export function noSiteTemplate(sites: number, wanted: string | undefined) {
  if (sites === 0) return nothingTemplate('No site yet', 'This instance has no site to show.');
  return nothingTemplate('There is no such site', `No site here is called “${wanted}”.`);
}
