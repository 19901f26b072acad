import './widgets.ts';
import { DashboardElement } from './dashboard-element.ts';

export type { DashboardElement } from './dashboard-element.ts';

// A page may load this module and the one with all widgets.
if (!customElements.get('oxi-dashboard')) customElements.define('oxi-dashboard', DashboardElement);
