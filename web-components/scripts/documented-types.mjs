// `{type} name - description`; a type may have one pair of braces within.
const TYPED = /^@(attr|fires)\s+\{((?:[^{}]|\{[^{}]*\})+)\}\s+(\S+)(?:\s+-\s+([\s\S]*))?/;

/**
 * A plugin of the analyzer: attributes and events have the types and descriptions that an element's documentation gives
 * them. Left to itself the analyzer prefers those of the properties and of the base class, which say less.
 */
export function documentedTypes() {
  /** By class: types by tag and name, and what the class gives its base for `Value`. */
  const known = new Map();
  return {
    name: 'documented-types',
    analyzePhase({ ts, node }) {
      if (!ts.isClassDeclaration(node) || !node.name) return;
      const types = { attr: new Map(), fires: new Map() };
      for (const tag of ts.getJSDocTags(node)) {
        const text = tag.getText().replace(/\s*\n\s*\*\s*/g, ' ');
        const [, kind, type, name, description] = TYPED.exec(text) ?? [];
        if (kind) types[kind].set(name, { type, description });
      }
      const [value] = node.heritageClauses?.[0]?.types[0]?.typeArguments ?? [];
      known.set(node.name.text, { ...types, value: value?.getText(), states: statesOf(node) });
    },
    packageLinkPhase({ customElementsManifest }) {
      for (const { declarations } of customElementsManifest.modules) {
        for (const declaration of declarations) {
          const types = known.get(declaration.name);
          if (!types) continue;
          // The analyzer loses the name where a type takes more than a line, and takes a state for an attribute.
          declaration.attributes = declaration.attributes?.filter(
            ({ name, fieldName }) => name && !types.states.has(fieldName),
          );
          give(declaration.attributes, types.attr);
          give(declaration.events, types.fires);
          for (const member of [...(declaration.members ?? []), ...(declaration.attributes ?? [])]) {
            if (member.type && types.value)
              member.type.text = member.type.text.replace(/\bValue\b/, types.value);
          }
        }
      }
    },
  };
}

/** Names in `static properties` that no attribute stands for. */
function statesOf(node) {
  const declared = node.members.find((member) => member.name?.getText() === 'properties')?.initializer;
  const states = declared?.properties?.filter((property) => /\bstate: true\b/.test(property.getText())) ?? [];
  return new Set(states.map((property) => property.name.getText()));
}

function give(entries, types) {
  for (const entry of entries ?? []) {
    const { type, description } = types.get(entry.name) ?? {};
    if (type) entry.type = { text: type };
    if (description) entry.description = description.trim();
  }
}
