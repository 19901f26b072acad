import './oxi-count.ts';
import './oxi-history.ts';
