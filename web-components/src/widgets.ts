import './oxi-count.ts';
import './oxi-history.ts';
import './oxi-live.ts';
import './oxi-top.ts';
import './oxi-totals.ts';
import './oxi-visits.ts';
import './oxi-votes.ts';
