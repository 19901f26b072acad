import './oxi-count.ts';
