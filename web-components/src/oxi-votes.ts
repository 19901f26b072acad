import { VotesElement } from './votes-element.ts';

export type { VotesElement } from './votes-element.ts';

// A page may load this module and the one with all widgets.
if (!customElements.get('oxi-votes')) customElements.define('oxi-votes', VotesElement);
