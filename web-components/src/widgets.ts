import './oxi-count.ts';
import './oxi-live.ts';
import './oxi-top.ts';
