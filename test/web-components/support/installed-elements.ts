import { execFile } from 'node:child_process';
import { mkdir, readFile, symlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { type Consumer, createConsumer, pack } from '../../sdk/support/consumer.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const PACKAGES = ['sdk', 'web-components'] as const;

type Package = (typeof PACKAGES)[number];

/** A project with both packages as they would be published. */
export interface InstalledElements extends Consumer {
  /** Files in the packages, by the name of their folder. */
  readonly packed: Readonly<Record<Package, readonly string[]>>;
  /** The `package.json` of the elements. */
  readonly manifest: {
    readonly exports: Readonly<Record<string, string | Readonly<Record<string, string>>>>;
  };
}

/**
 * Packs both packages and unpacks them into a new project, beside links to what they say they depend on, and to nothing
 * else: that needs no network, and what is not declared is not found.
 */
export async function installElements(): Promise<InstalledElements> {
  const packed: Record<Package, string[]> = { sdk: [], 'web-components': [] };
  const consumer = await createConsumer(async (folder) => {
    for (const name of PACKAGES) packed[name] = await unpack(name, folder);
  });
  const home = join(consumer.folder, 'node_modules/@oxicount/web-components');
  return {
    ...consumer,
    packed,
    manifest: JSON.parse(await readFile(join(home, 'package.json'), 'utf8')),
  };
}

async function unpack(name: Package, folder: string): Promise<string[]> {
  const { filename, files } = await pack(join(root, name), folder);
  const home = join(folder, 'node_modules/@oxicount', name);
  await mkdir(home, { recursive: true });
  const archive = join(folder, filename);
  await promisify(execFile)('tar', ['-xzf', archive, '-C', home, '--strip-components=1']);
  const { dependencies, peerDependencies } = JSON.parse(await readFile(join(home, 'package.json'), 'utf8'));
  for (const dependency of Object.keys({ ...dependencies, ...peerDependencies })) {
    if (dependency.startsWith('@oxicount/')) continue;
    const link = join(folder, 'node_modules', dependency);
    await mkdir(dirname(link), { recursive: true });
    await symlink(join(root, 'node_modules', dependency), link).catch((error) => {
      if (error.code !== 'EEXIST') throw error;
    });
  }
  return files;
}
