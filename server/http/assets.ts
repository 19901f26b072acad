import { createRequire } from 'node:module';
import { dirname } from 'node:path';

const require = createRequire(import.meta.url);

/**
 * Where the build put what browsers load. The name is resolved by `imports` in this package's package.json, so that
 * it is the same from sources and from the built program.
 */
export const publicFolder = dirname(require.resolve('#public/count.js'));
