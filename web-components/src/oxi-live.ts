import { LiveElement } from './live-element.ts';

export type { LiveElement } from './live-element.ts';

// A page may load this module and the one with all widgets.
if (!customElements.get('oxi-live')) customElements.define('oxi-live', LiveElement);
