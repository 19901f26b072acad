// The baseline of what goes over GraphQL: a Yoga server with one field that is a constant.
import { createServer } from 'node:http';
import { createSchema, createYoga } from 'graphql-yoga';

const yoga = createYoga({
  schema: createSchema({
    typeDefs: 'type Query { constant: String! } type Mutation { constant: String! }',
    resolvers: { Query: { constant: () => 'a constant' }, Mutation: { constant: () => 'a constant' } },
  }),
  logging: false,
  landingPage: false,
  graphiql: false,
});
const server = createServer(yoga);
server.listen(0, '127.0.0.1', () => process.stdout.write(`${server.address().port}\n`));
