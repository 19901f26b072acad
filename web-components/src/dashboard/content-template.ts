import { html, nothing, type TemplateResult } from 'lit';
import { chipsTemplate } from './chips-template.ts';
import type { Desk } from './desk.ts';
import type { Copying } from './empty/copying.ts';
import { emptyTemplate } from './empty/empty-template.ts';
import { failureTemplate, loadingTemplate, noticeTemplate, staleTemplate } from './notice-template.ts';
import { type Panels, panelsTemplate } from './panels-template.ts';
import type { Place } from './place.ts';
import { type Picking, rangePickerTemplate } from './range-picker/range-picker-template.ts';
import type { Screen } from './screen.ts';
import { signInTemplate } from './sign-in/sign-in-template.ts';
import { isEmpty } from './site-list/site-list.ts';
import { titleTemplate } from './title-template.ts';

/** What the content of the dashboard is made of. */
export interface Content {
  readonly desk: Desk;
  readonly copying: Copying;
  readonly picking: Picking;
  readonly panels: Panels;
  readonly signIn: (token: string, stay: boolean) => void;
}

/**
 * Whether an address that names a site needs no list of them. What a token shows may be a part only, and is known with
 * the list.
 */
function isNamed(desk: Desk, place: Place): boolean {
  return place.site !== undefined && desk.token === undefined;
}

/** Whether there are figures on show. */
export function hasFigures({ desk }: Content, { place, site }: Screen): boolean {
  if (desk.list.sites) return site !== undefined && !isEmpty(site);
  return isNamed(desk, place) && !desk.list.error;
}

/** Everything between the bar at the top and the footer. */
export function contentTemplate(screen: Screen, content: Content): TemplateResult {
  const { say, site, place } = screen;
  const { list } = content.desk;
  const again = () => void list.read();
  if (!list.sites && list.error) return failureTemplate(say, list.error, again);
  if (!list.sites && !isNamed(content.desk, place)) return loadingTemplate(say);
  if (list.sites && !site) return missingTemplate(screen, content);
  const stale = list.error ? staleTemplate(say, list.error, again) : nothing;
  if (site && isEmpty(site)) {
    return html`<h1 tabindex="-1">${site.name}</h1>${stale}${emptyTemplate(screen, site, content.copying)}`;
  }
  const id = site?.id ?? place.site ?? '';
  return html`
    <div class="top">${titleTemplate(screen, content.picking.today)}${screen.fixed.range === undefined ? rangePickerTemplate(screen, content.picking) : nothing}</div>
    ${fixedNotice(screen)}${chipsTemplate(screen)}${stale}
    <div class="panels" ?data-stale=${list.error !== undefined}>${panelsTemplate(screen, content.panels, id)}</div>
  `;
}

/** Says that there is more than is on show. */
function fixedNotice({ say, fixed }: Screen) {
  if (fixed.range === undefined && Object.keys(fixed.filter).length === 0) return nothing;
  return html`<p class="quiet fixed-about">${say('shared-about')}</p>`;
}

/** In place of a site that is not there, or not for everybody. */
function missingTemplate({ say, place }: Screen, { desk, signIn }: Content): TemplateResult {
  const { signing } = desk;
  const form =
    signing && signing.token === undefined
      ? signInTemplate(say, { refusal: signing.refusal, busy: signing.busy, signIn })
      : undefined;
  if (desk.list.sites?.length) {
    return noticeTemplate(say('unknown-site'), say('unknown-site-about', { site: place.site ?? '' }), form);
  }
  return form
    ? noticeTemplate(say('sign-in'), say('sign-in-needed'), form)
    : noticeTemplate(say('no-site'), say('no-site-about'));
}
