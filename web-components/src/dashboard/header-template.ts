import { html, nothing } from 'lit';
import { USUAL_PLACE } from './place.ts';
import { DEMO_SITE, follow, type Screen } from './screen.ts';

/** What the buttons at the top do. */
export interface HeaderActions {
  /** Absent where there is nothing to download. */
  readonly download: (() => void) | undefined;
  /** Absent where there is nothing to share, or it is not for the viewer to share it. */
  readonly share: (() => void) | undefined;
  /** Absent where there is nothing for the viewer to administer. */
  readonly administer: (() => void) | undefined;
  /** Absent where the page has a token of its own. */
  readonly signIn: (() => void) | undefined;
  /** Absent where nobody is signed in. */
  readonly signOut: (() => void) | undefined;
}

/** The bar at the top: whose figures these are, and how they come. */
export function headerTemplate(
  screen: Screen,
  { download, share, administer, signIn, signOut }: HeaderActions,
) {
  const { say, sites, state } = screen;
  const home = {
    ...USUAL_PLACE,
    path: undefined,
    site: sites && sites.length > 1 ? screen.site?.id : undefined,
  };
  return html`
    <header part="header">
      <a class="brand" href=${screen.address(home)} @click=${follow(screen, home)}>${mark}<span>oxicount</span></a>
      ${sites && sites.length > 1 ? siteChoice(screen, sites) : nothing}
      <span class="state" role="status" data-state=${state ?? 'paused'} ?hidden=${state === undefined}>
        ${state && say(`state-${state}`)}
      </span>
      ${share ? html`<button type="button" class="plain" @click=${share}>${say('share')}</button>` : nothing}
      ${administer ? html`<button type="button" class="plain" @click=${administer}>${say('administer')}</button>` : nothing}
      ${download ? html`<button type="button" class="plain" @click=${download}>${say('download')}</button>` : nothing}
      ${signIn ? html`<button type="button" class="plain" @click=${signIn}>${say('sign-in')}</button>` : nothing}
      ${signOut ? html`<button type="button" class="plain" @click=${signOut}>${say('sign-out')}</button>` : nothing}
    </header>
  `;
}

const mark = html`<svg viewBox="0 0 24 24" aria-hidden="true">
  <rect x="2" y="13" width="4" height="9" rx="1.5"></rect>
  <rect x="10" y="8" width="4" height="14" rx="1.5"></rect>
  <rect x="18" y="2" width="4" height="20" rx="1.5"></rect>
</svg>`;

function siteChoice({ say, site, go }: Screen, sites: NonNullable<Screen['sites']>) {
  const choose = (event: Event) =>
    go({ site: (event.currentTarget as HTMLSelectElement).value, path: undefined, filter: {} });
  return html`
    <label class="choice">
      <span class="unseen">${say('site')}</span>
      <select id="site" @change=${choose}>
        ${site ? nothing : html`<option value="" .selected=${true}>${say('choose-site')}</option>`}
        ${sites.map(({ id, name }) => html`<option value=${id} .selected=${id === site?.id}>${name}</option>`)}
      </select>
    </label>
  `;
}

/** What stands below everything. */
export function footerTemplate({ say, instance, site }: Screen, showKeys: () => void) {
  return html`
    <footer part="footer">
      <a href=${new URL('definitions', instance).href}>${say('definitions')}</a>
      ${site?.id === DEMO_SITE ? html`<a href=${new URL('demo/', instance).href}>${say('demo')}</a>` : nothing}
      <button type="button" class="link" @click=${showKeys}>${say('shortcuts')}</button>
      ${site ? html`<span class="quiet">${say('zone', { zone: site.timeZone })}</span>` : nothing}
    </footer>
  `;
}
