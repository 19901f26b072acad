import { TopElement } from './top-element.ts';

export type { TopElement } from './top-element.ts';

// A page may load this module and the one with all widgets.
if (!customElements.get('oxi-top')) customElements.define('oxi-top', TopElement);
