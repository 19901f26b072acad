import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

const sdk = fileURLToPath(new URL('../../../sdk', import.meta.url));

/** A folder with files of a project that uses the built SDK. */
export interface Project {
  readonly folder: string;
  read(name: string): Promise<string>;
  write(name: string, text: string): Promise<void>;
}

/** Makes a project, which is removed when the test is over. */
export async function createProject(files: Readonly<Record<string, string>>): Promise<Project> {
  const folder = await mkdtemp(join(tmpdir(), 'oxicount-project-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const write = async (name: string, text: string) => {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), text);
  };
  await mkdir(join(folder, 'node_modules/@oxicount'), { recursive: true });
  await symlink(sdk, join(folder, 'node_modules/@oxicount/sdk'));
  for (const [name, text] of Object.entries(files)) await write(name, text);
  return { folder, write, read: (name) => readFile(join(folder, name), 'utf8') };
}
