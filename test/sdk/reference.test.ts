import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { runIn } from './support/command.ts';
import { createProject } from './support/project.ts';

const sdk = fileURLToPath(new URL('../../sdk/', import.meta.url));
const typedoc = dirname(createRequire(join(sdk, 'package.json')).resolve('typedoc/package.json'));

test('the reference tells of everything that is exported, and of what each option means', async () => {
  const { folder } = await createProject({});
  // Names that are used and not exported, and links that lead nowhere, make it fail.
  await runIn(sdk, process.execPath, join(typedoc, 'bin/typedoc'), '--out', folder);
  const page = await readFile(join(folder, 'interfaces/index.ClientOptions.html'), 'utf8');
  expect(page).toContain('Milliseconds until a call rejects with');
  const operations = await readFile(join(folder, 'interfaces/operations.Operations.html'), 'utf8');
  expect(operations).toContain('Visits or views of a page or of the whole site since the beginning');
});
