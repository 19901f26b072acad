import './oxi-count.ts';
import './oxi-totals.ts';
import './oxi-visits.ts';
