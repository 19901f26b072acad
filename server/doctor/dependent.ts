import { type Check, unknown } from './finding.ts';

/** A check that has nothing to look at unless something is there, which another check tells of. */
export function dependent(check: Check, isThere: () => Promise<boolean>, otherwise: string): Check {
  return {
    ...check,
    look: async (signal) => ((await isThere()) ? check.look(signal) : unknown(otherwise)),
  };
}
