import { html, nothing } from 'lit';
import { displayPath } from '../format/display-path.ts';
import { rangeText } from './range-picker/range-text.ts';
import { follow, type Screen } from './screen.ts';

/** What is on show: a site or one of its pages, and when. */
export function titleTemplate(screen: Screen, today: string) {
  const { say, place, site, language } = screen;
  const when = rangeText(place.range, { today, language, say });
  const page = place.path === undefined ? undefined : pageAddress(site?.baseUrls[0], place.path);
  return html`
    <div class="title">
      ${place.path === undefined || screen.fixed.filter['page'] !== undefined ? nothing : wayBack(screen)}
      <h1 tabindex="-1">
        ${place.path === undefined ? (site?.name ?? place.site) : html`<bdi>${displayPath(place.path)}</bdi>`}
      </h1>
      <p class="quiet">
        ${when}
        ${page ? html` · <a href=${page} rel="noreferrer">${say('open-page')}</a>` : nothing}
      </p>
    </div>
  `;
}

function wayBack(screen: Screen) {
  const { say, site, place } = screen;
  const change = { path: undefined };
  return html`
    <p class="back">
      <a href=${screen.address(change)} @click=${follow(screen, change)}>
        <span class="arrow" aria-hidden="true">←</span> ${say('all-pages', { site: site?.name ?? place.site ?? '' })}
      </a>
    </p>
  `;
}

/** Where the page itself is. The path is appended, not resolved, so that it cannot lead to another host. */
function pageAddress(base: string | undefined, path: string): string | undefined {
  return base && /^https?:\/\//.test(base) && path.startsWith('/')
    ? base.replace(/\/$/, '') + path
    : undefined;
}
