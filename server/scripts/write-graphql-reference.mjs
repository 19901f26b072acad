// Writes the reference into server/docs/graphql.md, or says with --check whether it is up to date.
import { readFileSync, writeFileSync } from 'node:fs';
import { COSTS, ROOT_COST } from '../dist/graphql/limits/costs.js';
import { schema } from '../dist/graphql/schema.js';
import { graphqlReferenceOf } from './graphql-reference.mjs';

const PAGE = new URL('../docs/graphql.md', import.meta.url);
const PLACE = /(<!-- reference -->\n)[\s\S]*(\n<!-- end of reference -->)/;
const ROOTS = new Set(['Query', 'Mutation', 'Subscription']);

const costOf = (type, field) => COSTS[`${type}.${field}`] ?? (ROOTS.has(type) ? ROOT_COST : 1);
const before = readFileSync(PAGE, 'utf8');
const after = before.replace(
  PLACE,
  (_all, start, end) => `${start}\n${graphqlReferenceOf({ schema, costOf })}\n${end}`,
);
if (!process.argv.includes('--check')) writeFileSync(PAGE, after);
else if (after !== before) {
  process.stderr.write(
    'The reference in server/docs/graphql.md is not what the schema says: npm run generate\n',
  );
  process.exitCode = 1;
}
