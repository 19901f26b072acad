// What XML 1.0 lets no document have, not even written as a reference; a lone surrogate is no character either.
const NOT_IN_XML = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu;
const REFERENCES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
};

/** Any text as it stands in XML or HTML, within an element or an attribute in double quotes. What cannot be there becomes U+FFFD. */
export function escapeMarkup(text: string): string {
  return text.replace(NOT_IN_XML, '\uFFFD').replace(/[&<>"]/g, (character) => REFERENCES[character] ?? '');
}
