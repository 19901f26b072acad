import { TotalsElement } from './totals-element.ts';

export type { TotalsElement } from './totals-element.ts';

// A page may load this module and the one with all widgets.
if (!customElements.get('oxi-totals')) customElements.define('oxi-totals', TotalsElement);
