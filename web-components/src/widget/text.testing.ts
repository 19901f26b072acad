/** The text of markup, without its styles, its tags and what white space is too much. */
export function textOf(markup: string): string {
  return markup
    .replace(/<style>.*?<\/style>/gs, ' ')
    .replace(/<!--.*?-->/gs, '')
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}
