// What the GraphQL schema offers, as Markdown: every operation and type, from the descriptions that the schema has.
import {
  astFromValue,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isIntrospectionType,
  isObjectType,
  isScalarType,
  isSpecifiedScalarType,
  lexicographicSortSchema,
  print,
} from 'graphql';

const KINDS = [
  ['Types', (type) => isObjectType(type) || isInterfaceType(type)],
  ['Inputs', isInputObjectType],
  ['Enums', isEnumType],
  ['Scalars', isScalarType],
];
const ROOTS = { Query: 'Queries', Mutation: 'Mutations', Subscription: 'Subscriptions' };

/**
 * @param options.schema the schema that the server has
 * @param options.costOf what asking for a field of a type alone costs
 */
export function graphqlReferenceOf({ schema: unsorted, costOf }) {
  const schema = lexicographicSortSchema(unsorted);
  const own = Object.values(schema.getTypeMap()).filter(
    (type) => !isIntrospectionType(type) && !isSpecifiedScalarType(type),
  );
  const operations = Object.entries(ROOTS).map(([root, title]) => {
    const fields = Object.values(schema.getType(root).getFields());
    return [`## ${title}`, ...fields.map((field) => operation(root, field, costOf(root, field.name)))].join(
      '\n\n',
    );
  });
  const types = KINDS.map(([title, belongs]) => {
    const some = own.filter((type) => belongs(type) && !(type.name in ROOTS));
    return [`## ${title}`, ...some.map((type) => described(type, costOf))].join('\n\n');
  });
  return [...operations, ...types].join('\n\n');
}

function operation(root, field, cost) {
  const rows = field.args.map((argument) => [code(argument.name), typed(argument), argument.description]);
  return [
    `### ${root}.${field.name}`,
    oneLine(field.description),
    `Gives ${linked(field.type)}. Costs ${cost}${isObjectType(getNamedType(field.type)) ? ', and what is asked of it' : ''}.`,
    ...(rows.length > 0 ? [table(['argument', 'type', ''], rows)] : []),
  ].join('\n\n');
}

function described(type, costOf) {
  const parts = [`### ${type.name}`, oneLine(type.description)];
  if (isEnumType(type))
    parts.push(
      table(
        ['value', ''],
        type.getValues().map(({ name, description }) => [code(name), description]),
      ),
    );
  else if (isInputObjectType(type))
    parts.push(
      table(
        ['field', 'type', ''],
        Object.values(type.getFields()).map((field) => [code(field.name), typed(field), field.description]),
      ),
    );
  else if (isObjectType(type) || isInterfaceType(type)) parts.push(...fieldsOf(type, costOf));
  return parts.join('\n\n');
}

function fieldsOf(type, costOf) {
  const fields = Object.values(type.getFields());
  const rows = fields.flatMap((field) => {
    const cost = costOf(type.name, field.name);
    const description = cost > 1 ? `${field.description} Costs ${cost}.` : field.description;
    return [
      [code(field.name), linked(field.type), description],
      ...field.args.map((argument) => [
        `${code(field.name)}, its ${code(argument.name)}`,
        typed(argument),
        argument.description,
      ]),
    ];
  });
  return [table(['field', 'type', ''], rows)];
}

/** The type of an argument or of a field of an input, with its default. */
function typed(input) {
  const written = input.defaultValue === undefined ? '' : ` = ${code(defaultOf(input))}`;
  return linked(input.type) + written;
}

const defaultOf = ({ defaultValue, type }) => print(astFromValue(defaultValue, type));

function linked(type) {
  const { name } = getNamedType(type);
  if (isSpecifiedScalarType(getNamedType(type))) return code(String(type));
  return `[${code(String(type))}](#${name.toLowerCase()})`;
}

function table(header, rows) {
  return [header, header.map(() => '---'), ...rows]
    .map((cells) => `| ${cells.map(oneLine).join(' | ')} |`)
    .join('\n');
}

const code = (text) => `\`${text}\``;
const oneLine = (text) => text.replace(/\s+/g, ' ').replaceAll('|', '\\|').trim();
