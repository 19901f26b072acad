import {
  astFromValue,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
  isScalarType,
  Kind,
  print,
  TypeInfo,
  typeFromAST,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import { documentOf } from './documents.mjs';
import { dataName, docComment, fragmentType, variablesName } from './names.mjs';

/** What JSON has for each scalar. One that is missing here fails the build. */
const SCALARS = {
  Boolean: 'boolean',
  DateTime: 'string',
  Float: 'number',
  ID: 'string',
  Int: 'number',
  LocalDate: 'string',
  NonNegativeInt: 'number',
  SafeInt: 'number',
  String: 'string',
};

/**
 * The types of everything that operations take and give. Written here, and not by GraphQL Code Generator, because the
 * result types are part of the API reference: they have names, and the schema's descriptions as doc comments.
 */
export function writeTypes(source) {
  const { schema, operations, fragments } = source;
  const inputs = new Map();
  const parts = [];

  for (const fragment of fragments.values()) {
    const type = schema.getType(fragmentType(fragment));
    parts.push(
      `${docComment(type.description)}export interface ${type.name} ${selection(fragment.selectionSet, type, '')}\n`,
    );
  }
  for (const operation of operations) {
    parts.push(variables(operation), data(operation));
  }
  // Input types may use each other; a map goes on to what is added while it is walked.
  for (const type of inputs.values()) parts.push(inputType(type));
  return parts.join('\n');

  function variables(operation) {
    const fields = operation.variableDefinitions.map(({ variable, type }) => {
      const name = variable.name.value;
      const argument = argumentFor(source, operation, name);
      return field({
        name,
        // Where an argument has a default, its variable may be absent, but the argument takes no null.
        type: isNonNullType(argument.type) ? argument.type : typeFromAST(schema, type),
        optional: type.kind !== Kind.NON_NULL_TYPE,
        description: withDefault(argument),
      });
    });
    const body = fields.length > 0 ? `{\n${fields.join('')}}` : 'Record<string, never>';
    return `/** What \`${operation.name.value}\` is asked with. */\nexport type ${variablesName(operation)} = ${body};\n`;
  }

  function data(operation) {
    const root = schema.getRootType(operation.operation);
    return `/** What \`${operation.name.value}\` answers. */\nexport type ${dataName(operation)} = ${selection(operation.selectionSet, root, '')};\n`;
  }

  function inputType(type) {
    if (isEnumType(type)) {
      const values = type.getValues();
      const meanings = values.map(({ name, description }) => `- \`${name}\`: ${description}`).join('\n');
      const union = values.map(({ name }) => `'${name}'`).join(' | ');
      return `${docComment(`${type.description}\n\n${meanings}`)}export type ${type.name} = ${union};\n`;
    }
    const fields = Object.values(type.getFields()).map(({ name, type: of, defaultValue, description }) =>
      field({ name, type: of, optional: !isNonNullType(of) || defaultValue !== undefined, description }),
    );
    return `${docComment(type.description)}export interface ${type.name} {\n${fields.join('')}}\n`;
  }

  function field({ name, type, optional, description }) {
    // Undefined is as good as absent: JSON leaves it out.
    const value = `${inputOf(type)}${optional ? ' | undefined' : ''}`;
    return `${docComment(description, '  ')}  readonly ${name}${optional ? '?' : ''}: ${value};\n`;
  }

  function inputOf(type) {
    if (isNonNullType(type)) return notNull(type.ofType);
    return `${notNull(type)} | null`;
    function notNull(of) {
      return isListType(of) ? `readonly (${inputOf(of.ofType)})[]` : nameOf(of);
    }
  }

  function nameOf(type) {
    if (isScalarType(type)) {
      if (!(type.name in SCALARS)) throw new Error(`sdk/scripts/types.mjs knows no scalar ${type.name}.`);
      return SCALARS[type.name];
    }
    if (!isEnumType(type) && !isInputObjectType(type)) throw new Error(`${type.name} is not a leaf.`);
    inputs.set(type.name, type);
    return type.name;
  }

  function selection({ selections }, parent, indent) {
    const spreads = selections.filter(({ kind }) => kind === Kind.FRAGMENT_SPREAD);
    if (spreads.length === 1 && selections.length === 1)
      return fragmentType(fragments.get(spreads[0].name.value));
    if (spreads.length > 0 || !isObjectType(parent)) {
      throw new Error(`A selection on ${parent.name} has to be fields only, or one fragment only.`);
    }
    const inner = `${indent}  `;
    const lines = selections.map((node) => {
      const { type, description } = parent.getFields()[node.name.value];
      const name = (node.alias ?? node.name).value;
      return `${docComment(description, inner)}${inner}readonly ${name}: ${outputOf(type, node, inner)};\n`;
    });
    return `{\n${lines.join('')}${indent}}`;
  }

  function outputOf(type, node, indent) {
    if (isNonNullType(type)) return notNull(type.ofType);
    return `${notNull(type)} | null`;
    function notNull(of) {
      if (isListType(of)) return `readonly (${outputOf(of.ofType, node, indent)})[]`;
      return node.selectionSet ? selection(node.selectionSet, getNamedType(of), indent) : nameOf(of);
    }
  }
}

/** What an argument means, and what it is where it is not given. */
function withDefault({ type, description, defaultValue }) {
  if (defaultValue === undefined) return description;
  return `${description} Default: ${print(astFromValue(defaultValue, type))}.`;
}

/** The argument that a variable stands for: descriptions live in the schema, not in operations. */
function argumentFor(source, operation, variable) {
  const types = new TypeInfo(source.schema);
  let argument;
  const visitor = {
    Argument({ value }) {
      if (value.kind === Kind.VARIABLE && value.name.value === variable) argument ??= types.getArgument();
    },
  };
  visit(documentOf(source, operation), visitWithTypeInfo(types, visitor));
  return argument;
}
