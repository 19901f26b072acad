import { html, nothing } from 'lit';
import type { LiveState } from '../transport/live-stream.ts';
import type { Site } from './operations.ts';
import { DEMO_SITE } from './screen.ts';

/** What the bar at the top shows; without a site, only the name of the program. */
export interface Header {
  readonly home: string;
  readonly demo: string;
  readonly sites: readonly Site[];
  readonly site: Site | undefined;
  readonly state: LiveState | undefined;
  readonly choose: (site: string) => void;
}

const STATES: Record<LiveState, string> = {
  connecting: 'Connecting',
  open: 'Live',
  waiting: 'Reconnecting',
  paused: 'Paused',
  refused: 'Not live',
};

export function headerTemplate({ home, demo, sites, site, state, choose }: Header) {
  return html`
    <header part="header">
      <a class="brand" href=${home}>${mark}<span>oxicount</span></a>
      ${sites.length > 1 ? siteChoice(sites, site, choose) : nothing}
      ${site?.id === DEMO_SITE ? html`<a class="demo" href=${demo}>Open the demo blog</a>` : nothing}
      <span class="state" role="status" data-state=${state ?? 'paused'} ?hidden=${state === undefined}>
        ${state && STATES[state]}
      </span>
    </header>
  `;
}

const mark = html`<svg viewBox="0 0 24 24" aria-hidden="true">
  <rect x="2" y="13" width="4" height="9" rx="1.5"></rect>
  <rect x="10" y="8" width="4" height="14" rx="1.5"></rect>
  <rect x="18" y="2" width="4" height="20" rx="1.5"></rect>
</svg>`;

function siteChoice(sites: readonly Site[], site: Site | undefined, choose: (site: string) => void) {
  const chosen = (event: Event) => choose((event.currentTarget as HTMLSelectElement).value);
  return html`
    <label class="choice">
      <span class="unseen">Site</span>
      <select @change=${chosen} .value=${site?.id ?? ''}>
        ${site ? nothing : html`<option value="" selected>Choose a site</option>`}
        ${sites.map(({ id, name }) => html`<option value=${id} ?selected=${id === site?.id}>${name}</option>`)}
      </select>
    </label>
  `;
}
