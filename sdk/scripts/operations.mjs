import { Kind, OperationTypeNode, print, stripIgnoredCharacters } from 'graphql';
import { withFragments } from './documents.mjs';
import { dataName, docComment, methodName, variablesName } from './names.mjs';

/** The operations as strings, and the interface of a client that has a method for each. */
export function writeOperations(source) {
  const { schema, operations } = source;
  const types = operations.flatMap((operation) => [dataName(operation), variablesName(operation)]).sort();
  return `import type { PagedList } from '../paged-list.ts';
import type { RequestOptions, SubscribeOptions } from '../request-options.ts';
import type { Subscription } from '../subscription.ts';
import type { TypedString } from '../typed-string.ts';
import type {\n${types.map((name) => `  ${name},\n`).join('')}} from './types.ts';

${operations.map(constant).join('\n')}
/** A method for each operation: what it takes and gives is what the schema says. */
export interface Operations {
${operations.map(method).join('\n')}}
`;

  function constant(operation) {
    const text = stripIgnoredCharacters(print(withFragments(source, operation)));
    const type = `TypedString<${dataName(operation)}, ${variablesName(operation)}>`;
    return `${docComment(rootField(operation).description)}export const ${methodName(operation)} = ${JSON.stringify(text)} as ${type};\n`;
  }

  function method(operation) {
    const data = `${dataName(operation)}['${answerName(operation)}']`;
    const optional = operation.variableDefinitions.every(({ type }) => type.kind !== Kind.NON_NULL_TYPE);
    const variables = `variables${optional ? '?' : ''}: ${variablesName(operation)}`;
    const live = operation.operation === OperationTypeNode.SUBSCRIPTION;
    const options = `options?: ${live ? 'SubscribeOptions' : 'RequestOptions'}`;
    const result = live
      ? `Subscription<${data}>`
      : isPaged(operation)
        ? `PagedList<${data}>`
        : `Promise<${data}>`;
    return `${docComment(rootField(operation).description, '  ')}  ${methodName(operation)}(${variables}, ${options}): ${result};\n`;
  }

  function rootField({ operation, selectionSet }) {
    return schema.getRootType(operation).getFields()[selectionSet.selections[0].name.value];
  }
}

/** What a method gives is what the one field of its operation holds. */
function answerName({ name, selectionSet: { selections } }) {
  if (selections.length !== 1) throw new Error(`${name.value} has to ask for one field.`);
  return (selections[0].alias ?? selections[0].name).value;
}

/** By convention, and as the client finds out too: what can be read on has a variable for where. */
function isPaged({ variableDefinitions }) {
  return variableDefinitions.some(({ variable }) => variable.name.value === 'after');
}
