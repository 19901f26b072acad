import { expect, test } from 'vitest';
import { serverErrorCodes } from '../../sdk/src/error-codes.ts';
import { errorCodes } from '../../server/domain/errors.ts';
import { graphqlErrorCodes } from '../../server/graphql/errors.ts';

test('the codes of an OxicountError are those that the server has, and no others', () => {
  const server = [...Object.keys(errorCodes), ...Object.keys(graphqlErrorCodes)];
  expect([...serverErrorCodes].sort()).toEqual(server.sort());
});
