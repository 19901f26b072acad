// Renders server/docs/definitions.md into the page that every instance has at /definitions.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import markdownIt from 'markdown-it';

const source = fileURLToPath(new URL('../docs/definitions.md', import.meta.url));
// Characters of a cell that can stand in one line.
const LONGEST_FIGURE = 42;

/** The whole page. It has no scripts and no styles of its own, which its policy would refuse. */
export function renderDefinitions() {
  const markdown = markdownIt();
  const tokens = markdown.parse(readFileSync(source, 'utf8'), {});
  const headings = tokens.filter(({ type }) => type === 'heading_open');
  const textOf = (heading) => tokens[tokens.indexOf(heading) + 1].content;
  for (const heading of headings) heading.attrSet('id', idOf(textOf(heading)));

  // What is wider than a phone scrolls within itself; browsers let the keyboard do that where there is something to scroll.
  markdown.renderer.rules.table_open = (all, at) => `<div class="${classOf(all, at)}"><table>\n`;
  markdown.renderer.rules.table_close = () => '</table></div>\n';
  const body = markdown.renderer.render(tokens, markdown.options, {});

  const [title, ...others] = headings;
  const contents = others
    .filter(({ tag }) => tag === 'h2')
    .map((heading) => textOf(heading))
    .map((text) => `<li><a href="#${idOf(text)}">${markdown.utils.escapeHtml(text)}</a></li>`);
  const beginning = body.indexOf('<div class="table');
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="robots" content="noindex" />
    <meta name="color-scheme" content="light dark" />
    <title>${markdown.utils.escapeHtml(textOf(title))} · oxicount</title>
    <link rel="icon" href="icon.svg" type="image/svg+xml" />
    <link rel="stylesheet" href="definitions.css" />
  </head>
  <body>
    <header><a href="./"><img src="icon.svg" alt="" width="20" height="20" />oxicount</a></header>
    <main>
${body.slice(0, beginning)}<nav aria-label="Contents"><ol>
${contents.join('\n')}
</ol></nav>
${body.slice(beginning)}</main>
  </body>
</html>
`;
}

function idOf(title) {
  return title.toLowerCase().replace(/[^a-z0-9]+/g, '-');
}

/** Tables of what happened, and those with sentences in them, look different from tables of figures. */
function classOf(tokens, at) {
  const end = tokens.findIndex(({ type }, index) => index > at && type === 'table_close');
  const cells = tokens
    .slice(at, end)
    .filter(({ type }) => type === 'inline')
    .map(({ content }) => content);
  if (cells[0] === 'when') return 'table events';
  return cells.some(({ length }) => length > LONGEST_FIGURE) ? 'table prose' : 'table';
}
