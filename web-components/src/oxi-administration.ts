import { AdministrationElement } from './administration-element.ts';

export type { AdministrationElement } from './administration-element.ts';

// A page may load this module twice, from two addresses.
if (!customElements.get('oxi-administration'))
  customElements.define('oxi-administration', AdministrationElement);
