import { escapeMarkup } from './markup.ts';

/** The media type of a feed, RFC 4287 section 7. */
export const ATOM = 'application/atom+xml; charset=utf-8';

/** An entry of a feed. */
export interface AtomEntry {
  /** An IRI that stays the same for ever, and is no other entry's. */
  readonly id: string;
  /** Plain text. */
  readonly title: string;
  /** Milliseconds since 1970. */
  readonly updatedAt: number;
  /** The page that shows the same. */
  readonly link: string;
  /** HTML. */
  readonly summary: string;
}

export interface AtomFeed extends Omit<AtomEntry, 'summary'> {
  /** Where the feed itself is; null where that is not to be told. */
  readonly self: string | null;
  readonly author: string;
  readonly entries: readonly AtomEntry[];
}

/** Writes a feed as RFC 4287 has it. */
export function atomOf({ self, author, entries, ...feed }: AtomFeed): string {
  return [
    '<?xml version="1.0" encoding="utf-8"?>',
    '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">',
    ...headOf(feed),
    ...(self === null ? [] : [`<link rel="self" type="application/atom+xml" href="${escapeMarkup(self)}"/>`]),
    `<author><name>${escapeMarkup(author)}</name></author>`,
    '<generator>oxicount</generator>',
    ...entries.map((entry) =>
      [
        '<entry>',
        ...headOf(entry),
        `<summary type="html">${escapeMarkup(entry.summary)}</summary>`,
        '</entry>',
      ].join('\n'),
    ),
    '</feed>',
    '',
  ].join('\n');
}

function headOf({ id, title, updatedAt, link }: Omit<AtomEntry, 'summary'>): string[] {
  return [
    `<id>${escapeMarkup(id)}</id>`,
    `<title>${escapeMarkup(title)}</title>`,
    `<updated>${new Date(updatedAt).toISOString()}</updated>`,
    `<link rel="alternate" type="text/html" href="${escapeMarkup(link)}"/>`,
  ];
}
