import { html, nothing } from 'lit';
import { formatSpent } from '../format.ts';
import { DEMO_SITE, type Screen, snippetFor } from './screen.ts';

/** What a site shows before its first visit: how to get one. */
export function emptyTemplate(screen: Screen) {
  const { site, language } = screen;
  const delay = formatSpent(site.minDelaySecs, language, 'long');
  return html`
    <section class="empty" part="empty">
      <p class="waiting"><span class="pulse" aria-hidden="true"></span>Waiting for the first visit\u00a0…</p>
      <p>
        A visit counts once a page has been open and in view for <strong>${delay}</strong>. It will appear here by
        itself.
      </p>
      ${site.id === DEMO_SITE ? demoSteps(screen, delay) : siteSteps(screen)}
    </section>
  `;
}

function demoSteps(screen: Screen, delay: string) {
  const demo = new URL('demo/', screen.instance).href;
  return html`
    <h2>See it work</h2>
    <p><a class="action" href=${demo} target="_blank">Open the demo blog</a></p>
    <p>It opens in a new tab. Read there for ${delay}, then come back.</p>
    <h2>Count your own site</h2>
    <p>Name its address as <code>tracked_origin</code> in the configuration, and paste this into its pages:</p>
    ${snippetTemplate(screen)}
  `;
}

function siteSteps(screen: Screen) {
  const hosts = screen.site.baseUrls.map((url, index) => html`${index ? ', ' : nothing}<bdi>${url}</bdi>`);
  return html`
    <h2>Put this into the pages of ${hosts}</h2>
    ${snippetTemplate(screen)}
    <p>Best in the <code>head</code>. It waits for the page, sets no cookie and asks nobody else.</p>
  `;
}

function snippetTemplate(screen: Screen) {
  const { copying } = screen;
  const snippet = snippetFor(screen);
  return html`
    <div class="snippet">
      <pre tabindex="0" aria-label="Snippet"><code>${snippet}</code></pre>
      ${
        copying.possible
          ? html`<button type="button" @click=${() => copying.copy(snippet)}>
              <span role="status">${copying.copied ? 'Copied' : 'Copy'}</span>
            </button>`
          : nothing
      }
    </div>
  `;
}
