import { readFileSync } from 'node:fs';
import { expect, expectTypeOf, test } from 'vitest';
import type { ServerErrorCode } from '../../sdk/src/error-codes.ts';
import { errorCodes } from '../../server/domain/errors.ts';
import { graphqlErrorCodes } from '../../server/graphql/errors.ts';

const source = readFileSync(new URL('../../sdk/src/error-codes.ts', import.meta.url), 'utf8');

test('the codes of an OxicountError are those that the server has, and no others', () => {
  expectTypeOf<ServerErrorCode>().toEqualTypeOf<keyof typeof errorCodes | keyof typeof graphqlErrorCodes>();
  // Types are checked by `npm run check`; this says it in the tests too.
  const codes = [...source.matchAll(/^ {2}\| '(\w+)'/gm)].map(([, code]) => code);
  const server = [...Object.keys(errorCodes), ...Object.keys(graphqlErrorCodes)];
  expect(codes.sort()).toEqual(server.sort());
});
