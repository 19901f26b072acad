import { VisitsElement } from './visits-element.ts';

export type { VisitsElement } from './visits-element.ts';

// A page may load this module and the one with all widgets.
if (!customElements.get('oxi-visits')) customElements.define('oxi-visits', VisitsElement);
