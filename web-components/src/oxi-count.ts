import { CountElement } from './count-element.ts';

export type { CountElement } from './count-element.ts';

// A page may load this module and the one with all widgets.
if (!customElements.get('oxi-count')) customElements.define('oxi-count', CountElement);
