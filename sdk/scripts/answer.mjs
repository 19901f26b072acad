import { getNamedType, isNonNullType } from 'graphql';
import { methodName } from './names.mjs';

/**
 * What the method of an operation gives: what the one field of the operation holds, or, where that holds a field called
 * as the method, what is in there. So `series` gives the series of `stats`, and the client finds it by the same rule.
 *
 * @returns where that is in the data, what the schema says of it, and whether it may be null
 */
export function answerOf(schema, operation) {
  const { selections } = operation.selectionSet;
  if (selections.length !== 1) throw new Error(`${operation.name.value} has to ask for one field.`);
  const [root] = selections;
  const field = schema.getRootType(operation.operation).getFields()[root.name.value];
  const path = [(root.alias ?? root.name).value];
  const method = methodName(operation);
  const within = root.selectionSet?.selections.some(({ name }) => name.value === method);
  if (!within) return { path, ...saidOf(field) };
  return { path: [...path, method], ...saidOf(getNamedType(field.type).getFields()[method]) };
}

function saidOf({ description, type }) {
  return { description, nullable: !isNonNullType(type) };
}
