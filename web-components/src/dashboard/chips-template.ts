import { html, nothing } from 'lit';
import { valueName } from '../top/value-name.ts';
import { DIMENSIONS } from './dimensions.ts';
import { follow, type Screen } from './screen.ts';

/** What visits are filtered by, each to be removed; a page leads to its detail. */
export function chipsTemplate(screen: Screen) {
  const { say, place, fixed } = screen;
  const chosen = DIMENSIONS.filter(({ field }) => place.filter[field] !== undefined);
  if (chosen.length === 0) return nothing;
  const free = chosen.filter(({ field }) => fixed.filter[field] === undefined);
  const { page, ...others } = place.filter;
  const detail = { path: page, filter: others };
  return html`
    <div class="chips" part="filters">
      <ul aria-label=${say('filters')}>
        ${chosen.map((dimension) => chip(screen, dimension))}
      </ul>
      ${page === undefined ? nothing : html`<a href=${screen.address(detail)} @click=${follow(screen, detail)}>${say('page-detail')}</a>`}
      ${free.length > 1 ? html`<button type="button" class="link" @click=${() => screen.go({ filter: {} })}>${say('clear-all')}</button>` : nothing}
    </div>
  `;
}

function chip(screen: Screen, { name, field }: { name: string; field: string }) {
  const { say, place, fixed, language, go } = screen;
  const { [field]: value = '', ...others } = place.filter;
  const what = html`<span class="of">${say(name)}</span> <bdi>${valueName(name, value, { language, word: say })}</bdi>`;
  if (fixed.filter[field] !== undefined) return html`<li><span class="chip fixed">${what}</span></li>`;
  return html`
    <li>
      <button type="button" class="chip" @click=${() => go({ filter: others })}>
        <span class="unseen">${say('remove-filter')} </span>
        ${what}
        <svg viewBox="0 0 16 16" aria-hidden="true"><path d="M4 4l8 8M12 4l-8 8"></path></svg>
      </button>
    </li>
  `;
}
