import { html, type TemplateResult } from 'lit';

/** A tab and what is in it. */
export interface Tab {
  readonly name: string;
  readonly word: string;
}

/** Tabs of one panel, of which one is open. */
export interface Tabs {
  /** Names the tabs in the shadow root. */
  readonly id: string;
  readonly label: string;
  readonly tabs: readonly Tab[];
  readonly open: string;
  readonly choose: (name: string) => void;
}

const STEPS: Readonly<Record<string, (index: number, last: number, forward: 1 | -1) => number>> = {
  ArrowRight: (index, last, forward) => (index + forward + last + 1) % (last + 1),
  ArrowLeft: (index, last, forward) => (index - forward + last + 1) % (last + 1),
  Home: () => 0,
  End: (_index, last) => last,
};

/** Tabs as ARIA has them: one is in the order of the Tab key, arrows lead to the others and open them. */
export function tabsTemplate(
  { id, label, tabs, open, choose }: Tabs,
  content: TemplateResult,
): TemplateResult {
  const press = (event: KeyboardEvent) => {
    const list = event.currentTarget as HTMLElement;
    const forward = getComputedStyle(list).direction === 'rtl' ? -1 : 1;
    const now = tabs.findIndex(({ name }) => name === open);
    const next = STEPS[event.key]?.(now, tabs.length - 1, forward);
    if (next === undefined) return;
    event.preventDefault();
    choose(tabs[next]?.name ?? open);
    (list.children[next] as HTMLElement).focus();
  };
  return html`
    <div role="tablist" aria-label=${label} @keydown=${press}>
      ${tabs.map(
        ({ name, word }) => html`
          <button
            type="button"
            role="tab"
            id=${`${id}-${name}`}
            aria-selected=${name === open}
            aria-controls=${`${id}-panel`}
            tabindex=${name === open ? 0 : -1}
            @click=${() => choose(name)}
          >
            ${word}
          </button>
        `,
      )}
    </div>
    <div role="tabpanel" id=${`${id}-panel`} aria-labelledby=${`${id}-${open}`}>${content}</div>
  `;
}
