import { scopes } from '../../domain/scope.ts';
import { builder } from '../builder.ts';
import { enumValues } from '../enum-values.ts';

export const ScopeEnum = builder.enumType('Scope', {
  description: 'What a token is good for.',
  values: enumValues(scopes),
});
