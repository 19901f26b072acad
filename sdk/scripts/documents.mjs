import { Kind, visit } from 'graphql';
import { dataName, docComment, documentName, variablesName } from './names.mjs';

/** The operations as syntax trees, for clients that want those. */
export function writeDocuments(source) {
  const { schema, operations } = source;
  const types = operations.flatMap((operation) => [dataName(operation), variablesName(operation)]).sort();
  const constants = operations.map((operation) => {
    const tree = JSON.stringify(withoutPlaces(withFragments(source, operation)));
    const type = `TypedDocumentNode<${dataName(operation)}, ${variablesName(operation)}>`;
    const [field] = operation.selectionSet.selections;
    const { description } = schema.getRootType(operation.operation).getFields()[field.name.value];
    return `${docComment(description)}export const ${documentName(operation)} = ${tree} as unknown as ${type};\n`;
  });
  return `import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import type {\n${types.map((name) => `  ${name},\n`).join('')}} from './types.ts';

${constants.join('\n')}`;
}

/** A document with the operation and the fragments that it needs, directly or through others. */
export function withFragments({ fragments }, operation) {
  const needed = new Map();
  collect(operation);
  return { kind: Kind.DOCUMENT, definitions: [operation, ...needed.values()] };

  function collect(node) {
    visit(node, {
      FragmentSpread({ name }) {
        if (needed.has(name.value)) return;
        needed.set(name.value, fragments.get(name.value));
        collect(fragments.get(name.value));
      },
    });
  }
}

/** Places in the sources are of no use to a client, and neither are empty lists. */
function withoutPlaces(document) {
  return JSON.parse(
    JSON.stringify(document, (key, value) =>
      key === 'loc' || (Array.isArray(value) && value.length === 0) ? undefined : value,
    ),
  );
}
