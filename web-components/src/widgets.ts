import './oxi-count.ts';
import './oxi-dashboard.ts';
