/** What the README says of each element, as Markdown; what elements have in common is said once. */
export function referenceOf({ modules }) {
  const declarations = modules.flatMap((module) => module.declarations);
  const common = new Set();
  const sections = [];
  for (const [name, title] of Object.entries({
    WidgetElement: 'What all take',
    PanelElement: 'What panels take too',
  })) {
    const entries = entriesOf(declarations.find((declaration) => declaration.name === name)).filter(
      (entry) => !common.has(entry.name),
    );
    for (const entry of entries) common.add(entry.name);
    sections.push(`### ${title}\n\n${table(entries)}`);
  }
  for (const element of declarations.filter(({ tagName }) => tagName).sort(byTag)) {
    // An answer has another shape in each of them.
    const own = entriesOf(element).filter(({ name }) => name === '`data`' || !common.has(name));
    sections.push(`### \`<${element.tagName}>\`\n\n${element.description}\n\n${table(own)}`);
  }
  return sections.join('\n\n');
}

const byTag = (a, b) => (a.tagName < b.tagName ? -1 : 1);

function entriesOf({ attributes = [], cssParts = [], cssProperties = [], slots = [], events = [] }) {
  return [
    ...attributes.map(({ name, type, description }) => ({
      name: code(name),
      type: code(type?.text),
      description,
    })),
    ...slots.map(({ name, description }) => ({ name: name ? `slot ${code(name)}` : 'content', description })),
    ...cssParts.map(({ name, description }) => ({ name: code(`::part(${name})`), description })),
    ...cssProperties.map(({ name, default: value, description }) => ({
      name: code(name),
      type: value && code(value),
      description,
    })),
    ...events.map(({ name, type, description }) => ({
      name: `event ${code(name)}`,
      type: code(type?.text.replace(/^CustomEvent<(.+)>$/, '$1')),
      description,
    })),
  ];
}

function table(entries) {
  const rows = entries.map(({ name, type = '', description = '' }) => [name, type, description]);
  const header = ['', 'type, default or detail', 'what it is'];
  return [header, header.map(() => '---'), ...rows]
    .map((cells) => `| ${cells.map(cell).join(' | ')} |`)
    .join('\n');
}

const code = (text = '') => text && `\`${text}\``;
const cell = (text) => text.replaceAll('|', '\\|').replace(/\s+/g, ' ');
