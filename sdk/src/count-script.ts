// What a page includes: <script defer src="https://stats.example.org/count.js"></script>
import { trackPage } from './tracker/tracker.ts';

// A module is not told which element loaded it.
const script = document.currentScript ?? document.querySelector<HTMLElement>('[src*="/count.js"]');

trackPage(window, { url: '__OXICOUNT_BASE_URL__', ...script?.dataset });
