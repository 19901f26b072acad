import { html, nothing } from 'lit';
import { formatSpent } from '../../format/format.ts';
import { DEMO_SITE, type Screen } from '../screen.ts';
import type { Site } from '../site-list/site-list.ts';
import type { Copying } from './copying.ts';
import { snippetFor } from './snippet.ts';

/** What a site shows before its first visit: how to get one. */
export function emptyTemplate(screen: Screen, site: Site, copying: Copying) {
  const { say, language } = screen;
  const delay = formatSpent(site.minDelaySecs, language, 'long');
  return html`
    <section class="notice empty" part="empty">
      <p class="waiting"><span class="pulse" aria-hidden="true"></span>${say('waiting-first')}</p>
      <p>${say('waiting-about', { delay })}</p>
      ${site.id === DEMO_SITE ? demoSteps(screen, copying, delay) : siteSteps(screen, site, copying)}
    </section>
  `;
}

function demoSteps(screen: Screen, copying: Copying, delay: string) {
  const { say, instance } = screen;
  return html`
    <h2>${say('see-work')}</h2>
    <p><a class="action" href=${new URL('demo/', instance).href} target="_blank">${say('demo')}</a></p>
    <p>${say('see-work-about', { delay })}</p>
    <h2>${say('own-site')}</h2>
    <p>${say('own-site-about')}</p>
    ${snippetTemplate(screen, undefined, copying)}
  `;
}

function siteSteps(screen: Screen, site: Site, copying: Copying) {
  const { say, sites = [] } = screen;
  return html`
    <h2>${say('paste', { hosts: site.baseUrls.join(', ') })}</h2>
    ${snippetTemplate(screen, sites.length > 1 ? site.id : undefined, copying)}
    <p>${say('paste-about')}</p>
  `;
}

function snippetTemplate({ say, instance }: Screen, site: string | undefined, copying: Copying) {
  const snippet = snippetFor(instance, site);
  return html`
    <div class="snippet">
      <pre tabindex="0" aria-label=${say('snippet')}><code>${snippet}</code></pre>
      ${
        copying.possible
          ? html`<button type="button" @click=${() => copying.copy(snippet)}>
              <span role="status">${say(copying.copied ? 'copied' : 'copy')}</span>
            </button>`
          : nothing
      }
    </div>
  `;
}
