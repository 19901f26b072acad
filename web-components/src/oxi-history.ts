import { HistoryElement } from './history-element.ts';

export type { HistoryElement } from './history-element.ts';

// A page may load this module and the one with all widgets.
if (!customElements.get('oxi-history')) customElements.define('oxi-history', HistoryElement);
