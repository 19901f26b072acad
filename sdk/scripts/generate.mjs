// Writes src/generated from schema.graphql and src/operations: types, documents as strings, and documents as ASTs.
// An operation that the schema cannot answer any more fails here, and with it the build.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import {
  buildSchema,
  concatAST,
  GraphQLError,
  Kind,
  NoUnusedFragmentsRule,
  parse,
  Source,
  specifiedRules,
  validate,
} from 'graphql';
import { writeDocuments } from './documents.mjs';
import { writeOperations } from './operations.mjs';
import { writeTypes } from './types.mjs';

const sdk = new URL('../', import.meta.url);
const operationsFolder = new URL('src/operations/', sdk);
const generatedFolder = new URL('src/generated/', sdk);

const schema = buildSchema(readFileSync(new URL('../schema.graphql', sdk), 'utf8'));
const everyday = documentIn(operationsFolder);
const administration = documentIn(new URL('administration/', operationsFolder));
const document = concatAST([everyday, administration]);
const errors = validate(
  schema,
  document,
  specifiedRules.filter((rule) => rule !== NoUnusedFragmentsRule),
);
if (errors.length > 0) {
  throw new GraphQLError(
    `The operations of the SDK do not fit the schema:\n\n${errors.map(String).join('\n\n')}\n`,
  );
}

const source = {
  schema,
  operations: operationsIn(document),
  fragments: new Map(
    document.definitions
      .filter(({ kind }) => kind === Kind.FRAGMENT_DEFINITION)
      .map((fragment) => [fragment.name.value, fragment]),
  ),
};
mkdirSync(generatedFolder, { recursive: true });
for (const [name, { what, text }] of Object.entries({
  types: { what: 'What operations take and give.', text: writeTypes(source) },
  operations: {
    what: 'The operations as strings.',
    text: writeOperations({ ...source, operations: operationsIn(everyday) }, 'Operations'),
  },
  // Apart, since pages have no use for them.
  administration: {
    what: 'The operations that administer sites and tokens, as strings.',
    text: writeOperations(
      { ...source, operations: operationsIn(administration) },
      'AdministrationOperations',
    ),
  },
  documents: { what: 'The operations as syntax trees.', text: writeDocuments(source) },
})) {
  const header = `/**\n * ${what} Generated from schema.graphql and src/operations.\n *\n * @module ${name}\n */\n`;
  writeFileSync(new URL(`${name}.ts`, generatedFolder), header + text);
}

function documentIn(folder) {
  return concatAST(
    readdirSync(folder)
      .filter((name) => name.endsWith('.graphql'))
      .sort()
      .map((name) => parse(new Source(readFileSync(new URL(name, folder), 'utf8'), name))),
  );
}

function operationsIn({ definitions }) {
  return definitions.filter(({ kind }) => kind === Kind.OPERATION_DEFINITION);
}
