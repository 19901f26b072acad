const GLOBALS = new Set(['CustomEvent', 'Event', 'Readonly', 'ReadonlyArray', 'Record', 'Partial', 'Array']);

/**
 * Declarations that teach React 19 the elements: it sets the property of a name where there is one, so a value has the
 * property's type, and it listens to `oxi-change` for `onoxi-change`.
 */
export function reactTypes({ modules }) {
  const elements = modules.flatMap(({ path, declarations }) =>
    declarations
      .filter(({ tagName }) => tagName)
      .map((declaration) => ({
        ...declaration,
        file: path.replace('dist/', './'),
        props: declaration.name.replace(/Element$/, 'Props'),
      })),
  );
  return `import type { HTMLAttributes, RefAttributes } from 'react';
${elements.map(({ name, file }) => `import type { ${name} } from '${file}';`).join('\n')}

type Html<Element, Own> = Omit<HTMLAttributes<Element>, keyof Own> & RefAttributes<Element> & Own;

${elements.map(declarationOf).join('\n')}
declare module 'react' {
  namespace JSX {
    interface IntrinsicElements {
${elements.map(({ name, tagName, props }) => `      '${tagName}': Html<${name}, ${props}>;`).join('\n')}
    }
  }
}
`;
}

function declarationOf({ name, tagName, file, props, attributes = [], events = [] }) {
  const members = [...attributes.flatMap((attribute) => propsOf(attribute, name)), ...events.map(handlerOf)];
  return `/** Properties, attributes and events of \`<${tagName}>\`. */
export interface ${props} {
${members.join('\n').replaceAll(/\bfile:(\w+)/g, `import('${file}').$1`)}
}
`;
}

/** The property, and the attribute where that has another name. React knows `lang` of all elements. */
function propsOf({ name, fieldName, type: { text } = { text: 'string' }, description }, element) {
  if (name === 'lang') return [];
  // The documentation lists values where the property takes any text.
  const values = text.includes("'") ? `${text} | null` : undefined;
  if (!fieldName) return [member({ name, type: values ?? text, description })];
  const property = { name: fieldName, type: values ?? `${element}['${fieldName}']`, description };
  const attribute = { name, type: text, description };
  return (fieldName === name ? [property] : [property, attribute]).map(member);
}

/** Types of its own are those that the element's module exports. */
function handlerOf({ name, type, description }) {
  const event = type.text.replaceAll(/(?<!['\w])[A-Z]\w*/g, (word) =>
    GLOBALS.has(word) ? word : `file:${word}`,
  );
  return member({ name: `on${name}`, type: `((event: ${event}) => void)`, description });
}

function member({ name, type, description = '' }) {
  return `  /** ${description.replaceAll('*/', '*')} */\n  ${/^\w+$/.test(name) ? name : `'${name}'`}?: ${type} | undefined;`;
}
