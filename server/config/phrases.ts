import { FIGURE_KINDS, type FigureKind, VISIBILITIES, type Visibility } from '../domain/site.ts';
import { nameRule, slugRule } from '../domain/site-rules.ts';
import type { LogLevel } from '../log.ts';
import { ruled, type Shape, text, word } from './shape.ts';

/** A text that is not blank, holds no control characters, and can be encoded. */
export function line(right: string): Shape<string> {
  return text(right, (given) =>
    given.trim() !== '' && given.isWellFormed() && !/\p{Cc}/u.test(given) ? given : undefined,
  );
}

export const slug = ruled(slugRule);
export const name = ruled(nameRule);

export const secret = text('a text of at least 32 characters', (given) =>
  given.length >= 32 ? given : undefined,
);

/** What a header can carry as it is. */
export const token = text(
  'a text of 20 to 500 characters: letters, digits and signs of ASCII, without spaces',
  (given) => (/^[!-~]{20,500}$/.test(given) ? given : undefined),
);

export const visibility = word<Visibility>(VISIBILITIES);

/** A kind of figures, in lower case. */
export const figures = text(`one of ${FIGURE_KINDS.map(wordOf).join(', ')}`, (given) =>
  FIGURE_KINDS.find((figures) => wordOf(figures) === given),
);

function wordOf(figures: FigureKind): string {
  return figures.toLowerCase();
}

/** In lower case, as node has them. A name is a token (RFC 9110, 5.6.2). */
export const headerName = text('the name of a header such as CF-IPCountry', (given) =>
  /^[\w!#$%&'*+.^`|~-]{1,100}$/.test(given) ? given.toLowerCase() : undefined,
);

// The characters that the log rotation refuses, so that the mistake is found at start and named.
export const directory = text('the path of a directory, without any of < > " | ? * :', (given) =>
  given.trim() !== '' && !/[<>"|?*:\p{Cc}]/u.test(given) ? given : undefined,
);

export const logLevel = word<LogLevel>(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']);
