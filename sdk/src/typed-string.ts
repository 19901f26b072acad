import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';

/**
 * A GraphQL document as a plain string that knows the types of its data and its variables. Clients that take strings
 * take it; those that understand `DocumentTypeDecoration` infer the types too.
 */
export type TypedString<Data, Variables> = string & DocumentTypeDecoration<Data, Variables>;
