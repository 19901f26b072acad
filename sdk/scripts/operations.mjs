import { Kind, OperationTypeNode, print, stripIgnoredCharacters } from 'graphql';
import { answerOf } from './answer.mjs';
import { documentOf } from './documents.mjs';
import { dataName, docComment, methodName, variablesName } from './names.mjs';

/** The operations as strings, and the interface, of that name, of a client that has a method for each. */
export function writeOperations(source, name) {
  const { schema, operations } = source;
  const types = operations.flatMap((operation) => [dataName(operation), variablesName(operation)]).sort();
  const methods = operations.map(method).join('\n');
  const uses = (type) => methods.includes(type);
  return `${uses('PagedList<') ? "import type { PagedList } from '../paged-list.ts';\n" : ''}import type { ${['RequestOptions', 'SubscribeOptions'].filter(uses).join(', ')} } from '../request-options.ts';
${uses('Subscription<') ? "import type { Subscription } from '../subscription.ts';\n" : ''}import type { TypedString } from '../typed-string.ts';
import type {\n${types.map((name) => `  ${name},\n`).join('')}} from './types.ts';

${operations.map(constant).join('\n')}
/** A method for each operation: what it takes and gives is what the schema says. */
export interface ${name} {
${methods}}
`;

  function constant(operation) {
    const text = stripIgnoredCharacters(print(documentOf(source, operation)));
    const type = `TypedString<${dataName(operation)}, ${variablesName(operation)}>`;
    return `${docComment(answerOf(schema, operation).description)}export const ${methodName(operation)} = ${JSON.stringify(text)} as ${type};\n`;
  }

  function method(operation) {
    const { description, path, nullable } = answerOf(schema, operation);
    const data = `${dataName(operation)}${path.map((name) => `['${name}']`).join('')}`;
    const optional = operation.variableDefinitions.every(({ type }) => type.kind !== Kind.NON_NULL_TYPE);
    const variables = `variables${optional ? '?' : ''}: ${variablesName(operation)}`;
    const live = operation.operation === OperationTypeNode.SUBSCRIPTION;
    const options = `options?: ${live ? 'SubscribeOptions' : 'RequestOptions'}`;
    // The client looks up what a gap has lost, and tells of none.
    const result = live
      ? `Subscription<${nullable ? `NonNullable<${data}>` : data}>`
      : isPaged(operation)
        ? `PagedList<${data}>`
        : `Promise<${data}>`;
    return `${docComment(description, '  ')}  ${methodName(operation)}(${variables}, ${options}): ${result};\n`;
  }
}

/** By convention, and as the client finds out too: what can be read on has a variable for where. */
function isPaged({ variableDefinitions }) {
  return variableDefinitions.some(({ variable }) => variable.name.value === 'after');
}
