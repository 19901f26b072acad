import type { Digest } from '../../domain/alerts/digest.ts';
import type { DigestEntry, DigestList } from '../../domain/alerts/digests.ts';
import type { AtomEntry, AtomFeed } from './atom.ts';
import { escapeMarkup } from './markup.ts';

// A `tag:` URI names who had the host, and when (RFC 4151). One year for all, so that ids never change.
const TAG_YEAR = 2026;

const number = new Intl.NumberFormat('en');
const longDate = new Intl.DateTimeFormat('en-GB', { dateStyle: 'full', timeZone: 'UTC' });
const date = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' });

export interface DigestFeedPlace {
  /** Where browsers reach this instance. */
  readonly baseUrl: string;
  /** Whether the feed may name its own address, which a token in it would make somebody else's too. */
  readonly tellsSelf: boolean;
}

/** Digests as a feed: an entry for each day or week, with its figures as a small page. */
export function digestFeedOf(list: DigestList, { baseUrl, tellsSelf }: DigestFeedPlace): AtomFeed {
  const { site, period, filter, entries, updatedAt } = list;
  const base = baseUrl.replace(/\/$/, '');
  const { hostname, pathname } = new URL(baseUrl);
  // Of some visits only it is another feed, with other entries.
  const name = [pathname.replace(/\/$/, ''), 'digest', site.slug, period].join('/').replace(/^\//, '');
  const part = new URLSearchParams(filter).toString();
  const idOf = (key: string) => `tag:${hostname},${TAG_YEAR}:${name}${key}${part && `?${part}`}`;
  const addressOf = (range: Record<string, string>) =>
    `${base}/?${new URLSearchParams({ site: site.slug, ...range, ...filter })}`;
  const only = Object.entries(filter).map(([dimension, value]) => `, ${dimension} ${value}`);

  const entryOf = ({ days, digest }: DigestEntry): AtomEntry => ({
    id: idOf(`/${days.key}`),
    title: `${titleOf(digest)}: ${counted(digest.totals.visits, 'visit')}`,
    updatedAt: days.settledAt,
    link: addressOf({ range: `${digest.from}/${digest.to}` }),
    summary: summaryOf(digest, (path) => `${base}/stats?${new URLSearchParams({ path, site: site.slug })}`),
  });

  return {
    id: idOf(''),
    title: `${site.name}: ${period} digest${only.join('')}`,
    updatedAt,
    link: addressOf({}),
    self: tellsSelf ? `${base}/digest.atom?${new URLSearchParams({ site: site.slug, period })}` : null,
    author: site.name,
    entries: entries.map(entryOf),
  };
}

function titleOf({ from, to }: Digest): string {
  return from === to
    ? longDate.format(new Date(from))
    : date.formatRange(new Date(from), new Date(to)).replaceAll('\u2009', ' ');
}

function summaryOf(digest: Digest, addressOfPage: (path: string) => string): string {
  const { totals, before, pages, referrers, countries, votes } = digest;
  const { visits, views, visitors, returningVisitors, averageSpentSeconds } = totals;
  const spent =
    averageSpentSeconds === null
      ? []
      : [`${number.format(Math.round(averageSpentSeconds))} seconds spent on average`];
  const figures = [
    `${counted(visits, 'visit')} (${number.format(before.totals.visits)} before)`,
    counted(views, 'view'),
    counted(visitors, 'visitor'),
    `${number.format(returningVisitors)} returning`,
    ...spent,
  ];
  const linked = (path: string) => `<a href="${escapeMarkup(addressOfPage(path))}">${escapeMarkup(path)}</a>`;
  return [
    `<p>${figures.join(', ')}.</p>`,
    listOf(
      'Pages',
      pages.map((one) => `${linked(one.path)}: ${counted(one.visits, 'visit')}`),
    ),
    listOf(
      'Referrers',
      referrers.map((one) => `${escapeMarkup(one.referrer)}: ${counted(one.visits, 'visit')}`),
    ),
    listOf(
      'Countries',
      countries.map((one) => `${escapeMarkup(one.country)}: ${counted(one.visits, 'visit')}`),
    ),
    listOf(
      'Votes',
      (votes ?? []).map((one) => `${linked(one.path)}: ${one.up} up, ${one.down} down`),
    ),
  ].join('');
}

/** A heading and what is below it, as HTML; nothing where there is none. */
function listOf(heading: string, items: readonly string[]): string {
  if (items.length === 0) return '';
  return `<h3>${heading}</h3><ol>${items.map((item) => `<li>${item}</li>`).join('')}</ol>`;
}

function counted(count: number, word: string): string {
  return `${number.format(count)} ${word}${count === 1 ? '' : 's'}`;
}
