// What a page includes: <script defer src="https://stats.example.org/count.js"></script>
import { trackPage } from './tracker/tracker.ts';

trackPage(window, {
  url: '__OXICOUNT_BASE_URL__',
  // A module is not told which element loaded it.
  ...(document.currentScript ?? document.querySelector<HTMLElement>('[src*="/count.js"]'))?.dataset,
});
