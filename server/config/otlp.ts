import { type Shape, text } from './shape.ts';

/** A header by its name, in lower case. */
export type HeaderField = readonly [name: string, value: string];

/** Where something is posted to: an HTTP URL, with a path or without, and without a slash at its end. */
export const endpoint: Shape<string> = text('a URL such as http://127.0.0.1:4318', (given) => {
  if (!URL.canParse(given)) return undefined;
  const { protocol, href, search, hash, username } = new URL(given);
  if (!/^https?:$/.test(protocol) || search !== '' || hash !== '' || username !== '') return undefined;
  return href.replace(/\/+$/, '');
});

/** `name=value`, with the value percent-encoded: a member of W3C Baggage, as OpenTelemetry writes headers. */
export const otlpHeader: Shape<HeaderField> = text(
  'a header as name=value, the value percent-encoded',
  (given) => {
    const [, name = '', value = ''] = /^([\w!#$%&'*+.^`|~-]{1,100})=(.*)$/.exec(given.trim()) ?? [];
    try {
      const decoded = decodeURIComponent(value);
      return name !== '' && /^[\t -~]*$/.test(decoded) ? [name.toLowerCase(), decoded] : undefined;
    } catch {
      return undefined;
    }
  },
);
