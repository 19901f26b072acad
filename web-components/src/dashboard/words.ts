import { fill } from '../format/fill.ts';
import { FIGURES } from '../history/figure.ts';
import { DEVICES } from '../top/value-name.ts';
import type { Words } from '../widget/panel-element.ts';
import { DIMENSIONS } from './dimensions.ts';
import { PRESETS } from './range-picker/range-days.ts';

/** What the dashboard says in English. Braces hold what is filled in. */
const WORDS: Words = {
  ...DEVICES,
  ...Object.fromEntries(Object.entries(FIGURES).map(([figure, { name }]) => [figure, name])),
  ...Object.fromEntries(
    DIMENSIONS.flatMap(({ name, word, many }) => [
      [name, word],
      [`${name}-list`, many],
    ]),
  ),
  ...Object.fromEntries(PRESETS.map(({ name, word }) => [name, word])),
  site: 'Site',
  'choose-site': 'Choose a site',
  totals: 'Totals',
  chart: 'Chart',
  now: 'Right now',
  content: 'Content',
  sources: 'Sources',
  places: 'Places',
  technology: 'Technology',
  'single-visits': 'Visits, one by one',
  'choose-time': 'Time',
  range: 'Range',
  dates: 'Dates…',
  'dates-from': 'From',
  'dates-to': 'To',
  show: 'Show',
  earlier: 'Earlier',
  later: 'Later',
  compare: 'Compare with',
  versus: 'vs',
  'no-comparison': 'No comparison',
  'previous-period': 'Previous period',
  'year-before': 'Year before',
  filters: 'Filters',
  'remove-filter': 'Remove filter',
  'clear-all': 'Clear all filters',
  'page-detail': 'This page in detail',
  'all-pages': 'All pages of {site}',
  'open-page': 'Open the page',
  'state-connecting': 'Connecting',
  'state-open': 'Live',
  'state-waiting': 'Reconnecting',
  'state-paused': 'Paused',
  'state-refused': 'Not live',
  demo: 'Open the demo blog',
  definitions: 'What every figure means',
  zone: 'Days and hours of {zone}',
  loading: 'Reading the figures',
  again: 'Try again',
  close: 'Close',
  download: 'Download',
  'download-about': 'What is on show, of {site}, {range}. Lists have all of their values.',
  'download-failed': 'That could not be read: {reason}',
  'download-busy': 'Reading…',
  share: 'Share',
  administer: 'Settings',
  'administration-failed': 'The settings could not be loaded. Close this, and try again.',
  'shared-about': 'Somebody shared this part of the figures. There may be more.',
  'sign-in': 'Sign in',
  'sign-out': 'Sign out',
  token: 'Token',
  stay: 'Stay signed in on this device',
  'sign-in-about': 'Whoever runs this instance gives out tokens. A token shows the private sites it is for.',
  'sign-in-needed': 'This instance shows no site to everybody. Sign in to see yours.',
  'sign-in-busy': 'Asking…',
  'token-refused': 'That token is not valid. It may have been mistyped, revoked, or be of another instance.',
  'token-lost': 'Your token is no longer valid. Sign in with another one.',
  shortcuts: 'Keyboard shortcuts',
  'key-help': 'These shortcuts',
  'key-compare': 'Next comparison',
  'key-back': 'Back to all pages',
  'key-site': 'Go to the choice of site',
  'keys-on': 'Shortcuts of one key',
  'keys-about': 'They do nothing while you type.',
  unreachable: 'The service does not answer',
  'unreachable-about':
    'It may be restarting, or the network may be down. This page tries again by itself every few seconds.',
  unavailable: 'The database is not available',
  'unavailable-about': 'Visits are asked to come again, and so does this page.',
  failure: 'That did not work',
  'stale-all': 'The figures below are the last ones known.',
  'no-site': 'No site yet',
  'no-site-about': 'There is no site to show here.',
  'unknown-site': 'There is no such site',
  'unknown-site-about': 'Nothing here is called “{site}”, or it is private and needs a token.',
  'waiting-first': 'Waiting for the first visit\u00a0…',
  'waiting-about':
    'A visit counts once a page has been open and in view for {delay}. It will appear here by itself.',
  'see-work': 'See it work',
  'see-work-about': 'It opens in a new tab. Read there for {delay}, then come back.',
  'own-site': 'Count your own site',
  'own-site-about': 'Name its address as tracked_origin in the configuration, and paste this into its pages:',
  paste: 'Put this into the pages of {hosts}',
  'paste-about': 'Best in the head. It waits for the page, sets no cookie and asks nobody else.',
  snippet: 'Snippet',
  copy: 'Copy',
  copied: 'Copied',
};

/** Says something in the words of a page. */
export type Say = (name: string, values?: Readonly<Record<string, string>>) => string;

/** Says things in the words that are given, and in English where there are none. */
export function sayIn(words: Words | undefined): Say {
  return (name, values = {}) => fill(words?.[name] ?? WORDS[name] ?? name, values);
}
