import { html, nothing } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import type { StatsFilter, Words } from '../widget/panel-element.ts';
import { dimensionNamed } from './dimensions.ts';
import { given } from './given.ts';
import type { Screen } from './screen.ts';
import { tabsTemplate } from './tabs-template.ts';

/** What all panels are given. */
export interface Panels {
  readonly url: string | null;
  readonly token: string | null;
  readonly live: boolean;
  readonly words: Words | undefined;
  /** Names of the open tabs, by the group they are in. */
  readonly tabs: ReadonlyMap<string, string>;
  readonly openTab: (group: string, name: string) => void;
}

const FIGURES = 'visits visitors returning-visitors views average-spent-seconds bounce-rate';

/** Lists, by what they tell about. */
const GROUPS: readonly { readonly name: string; readonly lists: readonly string[] }[] = [
  { name: 'content', lists: ['page', 'entry-page'] },
  { name: 'sources', lists: ['referrer', 'campaign'] },
  { name: 'places', lists: ['country', 'language'] },
  { name: 'technology', lists: ['browser', 'system', 'device'] },
];

/** What lists can be ordered by, of the figures that can be chosen; otherwise by visits. */
const ORDERS: Readonly<Record<string, string>> = {
  visitors: 'visitors',
  'average-spent-seconds': 'average-seconds',
};

/** All figures of a site, or of one page with its visits. */
export function panelsTemplate(screen: Screen, panels: Panels, site: string) {
  const { place, fixed } = screen;
  const { url, token, words, live } = panels;
  const shared = { url, token, words, live, site, path: place.path ?? null };
  const asked = { ...shared, range: place.range, filter: filterOf(place.filter) };
  const groups = GROUPS.filter(({ name }) => place.path === undefined || name !== 'content');
  return html`
    <section class="card" part="totals">${totalsPanel(screen, asked)}</section>
    <div class=${fixed.statisticsOnly ? nothing : 'columns wide'}>
      <section class="card" part="history">${historyPanel(screen, asked)}</section>
      ${fixed.statisticsOnly ? nothing : html`<section class="card" part="live">${livePanel(screen, shared)}</section>`}
    </div>
    <div class="columns">
      ${place.path === undefined || fixed.statisticsOnly ? nothing : visitsPanel(screen, shared, place.path)}
      ${groups.map(
        ({ name, lists }) =>
          html`<section class="card" part=${name}>${listPanel(screen, panels, { asked, name, lists })}</section>`,
      )}
    </div>
  `;
}

function totalsPanel({ place, language, say, go }: Screen, asked: object) {
  const select = (event: CustomEvent<{ figure: string }>) => go({ figure: event.detail.figure });
  return html`
    <oxi-totals
      ${given(asked)}
      .compare=${place.compare === 'none' ? null : place.compare}
      .figure=${place.figure}
      figures=${FIGURES}
      selectable
      lang=${language ?? nothing}
      aria-label=${say('totals')}
      @oxi-select=${select}
    ></oxi-totals>
  `;
}

function historyPanel({ place, language, say }: Screen, asked: object) {
  return html`
    <oxi-history
      ${given(asked)}
      .compare=${place.compare === 'none' ? null : place.compare}
      .figure=${place.figure}
      .label=${say(place.figure)}
      lang=${language ?? nothing}
    ></oxi-history>
  `;
}

function livePanel({ language, say }: Screen, shared: object) {
  return html`
    <oxi-live
      ${given(shared)}
      .label=${say('now')}
      pages="5"
      lang=${language ?? nothing}
    ></oxi-live>
  `;
}

function visitsPanel({ language, say }: Screen, shared: object, path: string) {
  return html`
    <section class="card" part="visits">
      ${keyed(
        path,
        html`
          <oxi-visits
            ${given(shared)}
            .label=${say('single-visits')}
            first="10"
            lang=${language ?? nothing}
          ></oxi-visits>
        `,
      )}
    </section>
  `;
}

function listPanel(
  screen: Screen,
  panels: Panels,
  { asked, name, lists }: { asked: object; name: string; lists: readonly string[] },
) {
  const { place, language, say, go } = screen;
  const open = panels.tabs.get(name) ?? lists[0] ?? '';
  const select = (event: CustomEvent<{ dimension: string; value: string }>) => {
    const { dimension, value } = event.detail;
    const field = dimensionNamed(dimension)?.field;
    if (!field) return;
    // What is chosen already is let go.
    const { [field]: chosen, ...others } = place.filter;
    go({ filter: chosen === value ? others : { ...others, [field]: value } });
  };
  return tabsTemplate(
    {
      id: name,
      label: say(name),
      tabs: lists.map((list) => ({ name: list, word: say(`${list}-list`) })),
      open,
      choose: (list) => panels.openTab(name, list),
    },
    html`${keyed(
      open,
      html`
        <oxi-top
          ${given(asked)}
          .dimension=${open}
          order-by=${ORDERS[place.figure] ?? 'visits'}
          first="8"
          selectable
          .selected=${place.filter[dimensionNamed(open)?.field ?? ''] ?? null}
          expandable
          lang=${language ?? nothing}
          @oxi-select=${select}
        ></oxi-top>
      `,
    )}`,
  );
}

function filterOf(filter: StatsFilter): StatsFilter | undefined {
  return Object.keys(filter).length === 0 ? undefined : filter;
}
